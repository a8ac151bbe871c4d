"""The command that diagnoses a policy by several instruments at once."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import click
from rich.markup import escape

from kg.cli.opening import opened
from kg.cli.output import console, json_option, print_json
from kg.diagnosis import (
    LONGEST_NAME,
    RULE,
    Catalogue,
    Diagnosis,
    Policy,
    Result,
    answered_by_name,
    catalogue,
    clean,
    diagnose,
    from_code,
    to_code,
)
from kg.diagnosis.brief import make_brief
from kg.diagnosis.wording import LIMIT, covering, shows, shows_not, unknown_to_all
from kg.errors import BadInput
from kg.exporting import DEFAULT_STYLE, STYLES
from kg.queries import cards
from kg.store import Reader


@click.command(name="diagnose")
@click.argument("address", default="")
@click.option("--name", default="", help="The policy's name, for one of your own.")
@click.option("--policy", default="", help="The slug of a policy in the base.")
@click.option("--answer", "-a", "given", multiple=True, metavar="ITEM=VALUE", help="One answer; repeat it.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the brief: a .docx or .md file.")
@click.option("--style", type=click.Choice(list(STYLES)), default=DEFAULT_STYLE, help="Of the brief's references.")
@json_option
def diagnose_command(
    address: str, name: str, policy: str, given: tuple[str, ...], out: Path | None, style: str, as_json: bool
) -> None:
    """Diagnose a policy by the instruments, and say what is covered, open and unknown.

    ADDRESS is the address of a diagnosis on the pages, or the code in it; answers given here are added to it. An ITEM
    is kind/slug, or ambiguity or conflict. VALUE: low, high (for these two); in-use, planned (tactics); met,
    partly-met, not-met; unknown; for a review question, the answer in words. Nothing is kept unless --out names a
    file.
    """
    settings, reader = opened()
    known = catalogue(reader)
    made = _made(known, address, name, policy, given)
    found = diagnose(reader, made, known)
    if out:
        root = settings.public_url or f"http://{settings.host}:{settings.port}"
        _write(out, reader, found, f"{root}/diagnose/result?d={to_code(found.diagnosis)}", style)
    print_json(_plain(found)) if as_json else _print(reader, found, out)


def _made(known: Catalogue, address: str, name: str, policy: str, given: tuple[str, ...]) -> Diagnosis:
    code = parse_qs(urlsplit(address).query).get("d", [""])[0] if "?" in address else address
    made = from_code(known, code).diagnosis
    if name or policy:
        made = Diagnosis(
            Policy(slug=policy) if policy else Policy(name=clean(name, LONGEST_NAME, "The name")), made.given
        )
    for text in given:
        made = answered_by_name(known, made, text)
    return made


def _plain(found: Result) -> dict[str, object]:
    """The same, under the same names, as the interface for programs gives."""
    return {
        "policy": found.name,
        "code": to_code(found.diagnosis),
        "shows": shows(found),
        "leavesOpen": shows_not(found),
        "findings": [f for step in found.findings.values() for f in step],
        "causes": found.causes,
        "cover": [option.thing for option in found.cover.chosen],
        "coverStated": [option.thing for option in found.cover_stated.chosen],
        "rule": RULE,
        "limit": LIMIT,
        "cautions": found.cautions,
        "atOdds": found.at_odds,
        "tensions": found.tensions,
        "gaps": found.gaps,
        "unknown": unknown_to_all(found),
    }


def _print(reader: Reader, found: Result, out: Path | None) -> None:
    gists = {card.claim: card.gist for card in cards(reader, found.claims())}
    chosen = [option.label for option in found.cover.chosen]
    parts = (
        ("Shown", shows(found)),
        ("Open", shows_not(found)),
        ("Smallest covering set", (covering(found, found.cover), *chosen, LIMIT)),
        ("Cautions", [gists[claim] for claim in (*found.cautions, *found.at_odds, *found.tensions)]),
        ("What nobody knows", (*(gists[claim] for claim in found.gaps), *unknown_to_all(found))),
    )
    console.print(f"[bold]{escape(found.name)}[/bold]")
    for heading, lines in parts:
        console.print(f"\n[bold]{heading}[/bold]")
        for line in lines or ("None is on record.",):
            console.print(escape(f"- {line}"))
    console.print(f"\nOn the pages: /diagnose/result?d={to_code(found.diagnosis)}")
    if out:
        console.print(f"The brief is in {escape(str(out))}.")


def _write(path: Path, reader: Reader, found: Result, address: str, style: str) -> None:
    made = make_brief(reader, found, address, style)
    if path.suffix == ".docx":
        from kg.diagnosis.word import to_word

        data = to_word(made)
    elif path.suffix == ".md":
        from kg.diagnosis.markdown import to_markdown

        data = to_markdown(made).encode()
    else:
        raise BadInput(f"“{path.name}” is neither a .docx nor an .md file.")
    try:
        path.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from error


COMMANDS = (diagnose_command,)
