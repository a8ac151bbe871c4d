"""The command `path`: from a cause to tactics and sources, or from anything to anything."""

from __future__ import annotations

import click
from rich.markup import escape
from rich.padding import Padding
from rich.tree import Tree

from kg.cli.opening import opened
from kg.cli.output import console, json_option, print_json
from kg.model import Standing
from kg.namespaces import kind_of, local_of, thing
from kg.newest import searching
from kg.paths import (
    DEFAULT_LENGTH,
    KINDS,
    LONGEST,
    CausePath,
    Found,
    Question,
    TacticStep,
    explain,
    find,
    from_cause,
)
from kg.store import Reader


@click.command()
@click.argument("start")
@click.argument("end", required=False)
@click.option("--through", help="A thing that every path has to pass.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="A kind of thing that every path has to pass."
)
@click.option(
    "--standing",
    type=click.Choice([standing.slug for standing in Standing]),
    default=Standing.INFERRED.slug,
    show_default=True,
    help="The weakest standing a step may have.",
)
@click.option(
    "--length",
    type=click.IntRange(1, LONGEST),
    default=DEFAULT_LENGTH,
    show_default=True,
    help="The most steps a path may have.",
)
@click.option("--most", type=click.IntRange(1), default=10, show_default=True, help="How many paths to print.")
@json_option
def path(
    start: str,
    end: str | None,
    through: str | None,
    kinds: tuple[str, ...],
    standing: str,
    length: int,
    most: int,
    as_json: bool,
) -> None:
    """Follow the paths from START: for a cause to phase, tactics and sources; with END between any two things.

    START, END and --through take slugs, kind/slug, addresses or labels. --kind may be given more than once.
    """
    settings, reader = opened()
    search = searching(settings, reader)
    asked = Question(
        start=search.resolve(start),
        end=search.resolve(end) if end else "",
        through=search.resolve(through) if through else "",
        kinds=kinds,
        length=length,
        weakest=Standing.of(thing("link-basis", standing)),
    )
    if asked == Question(asked.start, length=length) and kind_of(asked.start) == "failure-cause":
        typed = from_cause(reader, asked.start)
        print_json(typed) if as_json else _print_typed(typed)
        return
    found = find(reader, asked, most=most)
    print_json(found) if as_json else _print_free(reader, asked, found)


def _print_typed(found: CausePath) -> None:
    tree = Tree(f"[bold]{escape(found.label)}[/bold]")
    for phase in found.phases:
        told = f"[bold]{phase.label}[/bold] is set against it ({phase.standing.lower()}, {phase.force.lower()})"
        branch = tree.add(told)
        for tactic in phase.tactics:
            _add_tactic(branch, tactic)
    if not found.phases:
        tree.add("No phase is recorded as set against this cause.")
    for step in found.onward:
        told = f"{step.standingLabel.lower()}, {step.forceLabel.lower()}"
        tree.add(f"{escape(step.phrase)} {escape(step.otherLabel)} ({told})")
    console.print(tree)


def _add_tactic(branch: Tree, tactic: TacticStep) -> None:
    status = tactic.summary.statusLabel if tactic.summary else "No claims"
    told = f"[bold]{escape(tactic.label)}[/bold] ({tactic.standing.lower()}, {tactic.force.lower()}) · {status}"
    twig = branch.add(told)
    relations = dict.fromkeys((s.relation, s.relation_label) for s in tactic.sources)
    for relation, label in relations:
        named = ", ".join(s.label for s in tactic.sources if s.relation == relation)
        twig.add(f"{label}: {escape(named)}")
    if not tactic.sources:
        twig.add("no source is recorded")


def _print_free(reader: Reader, asked: Question, found: Found) -> None:
    if not found.paths:
        _print_nothing(reader, asked, found)
    for number, way in enumerate(found.paths, start=1):
        console.print(f"\n[bold]{number}.[/bold] {escape(way.sentence)}")
        for hop in way.hops:
            console.print(Padding(escape(hop.sentence), (0, 0, 0, 3)))
    if found.paths and not found.complete:
        console.print("\nThe search stopped at its limit; there may be more paths.")
    elif len(found.paths) < found.count:
        console.print(f"\nThese are the best {len(found.paths)} of {found.count} paths: --most prints more.")


def _print_nothing(reader: Reader, asked: Question, found: Found) -> None:
    """Why there is none, and what comes nearest."""
    if not asked.end:
        console.print("Nothing recorded here leads on from it as you asked.")
        return
    nothing = explain(reader, asked, complete=found.complete)
    for reason in nothing.reasons:
        console.print(escape(reason.sentence))
    for easier in nothing.easier:
        told = f"up to {easier.length} steps, through anything, standing “{easier.weakest.slug}” or better"
        console.print(f"There are paths with {told}.")
    for iri in (*nothing.ends, *nothing.starts):
        console.print(Padding(f"Near: {local_of(iri)}", (0, 0, 0, 2)))


COMMANDS = (path,)
