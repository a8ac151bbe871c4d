"""The command about the SPARQL server that holds the base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from kg.cli.output import json_option, print_json, print_table, working
from kg.errors import BadInput, EngineRefused
from kg.settings import read_settings

if TYPE_CHECKING:
    from kg.sharing import Trait


@click.command()
@click.option(
    "--fill", is_flag=True, help="Fill the server anew from this machine's copy, whatever it holds of a base."
)
@click.option("--compare", is_flag=True, help="Compare all that it holds with this machine's copy; takes its time.")
@json_option
def engine(fill: bool, compare: bool, as_json: bool) -> None:
    """Try whether the SPARQL server that is to hold the base does what that needs, and say how it stands."""
    settings = read_settings()
    if settings.engine is None:
        raise BadInput("The base stands in this program's own engine. GAPBRIDGE_ENGINE names a SPARQL server for it.")
    from kg.sharing import compared, fill_server, standing, tried

    with working("Trying the SPARQL server") as say:
        traits = tried(settings)
        lacking = [trait.name for trait in traits if trait.needed and not trait.holds]
        if fill and not lacking:
            fill_server(settings, _telling(say, "Filling the SPARQL server"))
        told = {"server": " ".join(settings.engine.query), **standing(settings)}
        differing = compared(settings, _telling(say, "Comparing what it holds")) if compare else []
    if as_json:
        print_json({**told, "traits": traits, **({"differing": differing} if compare else {})})
    else:
        _print(told, traits)
        for found in differing:
            click.echo(f"{found.graph}: {found.missing} statements missing, {found.surplus} too many")
        if compare and not differing:
            click.echo("It holds just what this machine's copy holds.")
    if lacking:
        raise EngineRefused(f"This server cannot hold a base: it lacks “{'”, “'.join(lacking)}”.")
    if differing:
        raise EngineRefused("The server does not hold what this machine's copy holds; --fill puts it right.")


def _telling(say: Callable[[str], None], what: str) -> Callable[[int, int], None]:
    return lambda done, of: say(f"{what}: {done:,} of {of:,} statements")


def _print(told: dict[str, object], traits: Sequence[Trait]) -> None:
    for name, value in told.items():
        click.echo(f"{name:8}  {value}")
    rows = [(t.name, "yes" if t.holds else "NO" if t.needed else "no", t.note) for t in traits]
    print_table(("the server …", "", ""), rows)


COMMANDS = (engine,)
