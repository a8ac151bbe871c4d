"""The command that applies a framework to a policy."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.markup import escape

from kg.assessment import ANSWERS, Answer, Assessment, Finding, assess, choices, findings, statements, to_answer
from kg.cli.opening import opened
from kg.cli.output import console, json_option, print_json, print_table
from kg.contributing import PROJECT
from kg.errors import BadInput
from kg.namespaces import local_of
from kg.newest import searching
from kg.queries import names
from kg.store import Reader
from kg.turtle import format_turtle


@click.command(name="assess")
@click.argument("policy")
@click.argument("framework")
@click.option("--answer", "-a", "given", multiple=True, metavar="ITEM=VALUE[:REASON]", help="One answer; repeat it.")
@click.option("--by", default=PROJECT, help="Who answers: a person or body in the base.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; today where not given.")
@click.option("--remarks", default="", help="On the assessment as a whole.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file, as Turtle.")
@json_option
def assess_command(
    policy: str, framework: str, given: tuple[str, ...], by: str, day: datetime | None, remarks: str,
    out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Assess POLICY by FRAMEWORK, and say what follows by the documents' own rules and claims.

    Both are slugs, kind/slug, addresses or labels. Without --answer, says what there is to answer. Nothing is kept
    unless --out names a file.
    """
    settings, reader = opened()
    find = searching(settings, reader).resolve
    scheme = find(framework if "/" in framework else f"scheme/{framework}")
    if not given:
        _print_choices(reader, scheme, as_json)
        return
    answers = [_answer(reader, scheme, text) for text in given]
    when = (day or datetime.now(UTC)).date()
    made = assess(reader, find(policy), scheme, answers, creator=find(by), created=when, remarks=remarks)
    found = findings(reader, made)
    if out:
        _write(out, "".join(f"{s} {p} {o} .\n" for s, p, o in statements(made)))
    print_json({"assessment": _plain(made), "findings": found}) if as_json else _print(reader, made.policy, found, out)


def _answer(reader: Reader, framework: str, text: str) -> Answer:
    """One answer as it is typed: `urgent=met:It had a date.`

    Raises:
        BadInput: it has no such form, or names no item or value of the framework.
    """
    item, equals, rest = text.partition("=")
    value, _, reason = rest.partition(":")
    if not equals or not value.strip():
        raise BadInput(f"“{text}” is no answer: write ITEM=VALUE or ITEM=VALUE:REASON.")
    offered = choices(reader, framework)
    items = {to_answer(i.iri): i.iri for i in offered.items}
    values = {to_answer(v): v for v in offered.values}
    for name, known in ((item.strip(), items), (value.strip(), values)):
        if name not in known:
            raise BadInput(f"“{name}” is not one of: {', '.join(known)}.")
    return Answer(items[item.strip()], values[value.strip()], reason.strip())


def _print_choices(reader: Reader, framework: str, as_json: bool) -> None:
    offered = choices(reader, framework)
    if as_json:
        print_json(offered)
        return
    if not offered.items:
        raise BadInput(f"“{local_of(framework)}” is an argument: it can be read, but not applied to a policy.")
    print_table(("item", "name"), ((to_answer(i.iri), escape(i.label)) for i in offered.items))
    console.print(f"Values: {', '.join(to_answer(v) for v in offered.values)}")


def _print(reader: Reader, policy: str, found: list[Finding], out: Path | None) -> None:
    console.print(f"[bold]{escape(names(reader, [policy]).get(policy, local_of(policy)))}[/bold]")
    for finding in found:
        standing = f" [{finding.standing.replace('-', ' ')}]" if finding.standing else ""
        console.print(escape(f"- {_sentence(finding)}{standing}"))
        for words in finding.words:
            console.print(escape(f"    {words}"))
    if out:
        console.print(f"Written to {escape(str(out))}; `gapbridge load` takes it into the base.")


def _plain(made: Assessment) -> dict[str, object]:
    return {**asdict(made), "created": made.created.isoformat()}


def _sentence(finding: Finding) -> str:
    """What follows speaks for itself; an answer needs its question, and may have come without a reason."""
    if finding.kind not in ANSWERS:
        return finding.sentence
    return f"{finding.label}: {finding.kind.replace('-', ' ')}. {finding.sentence or 'No reason is given.'}"


def _write(path: Path, triples: str) -> None:
    try:
        path.write_text(format_turtle(triples, str(path)), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from error


COMMANDS = (assess_command,)
