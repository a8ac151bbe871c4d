"""Commands that write, check or serve."""

from __future__ import annotations

from pathlib import Path

import click
from rich.markup import escape

from kg import queries
from kg.cli import claiming
from kg.cli.folders import load_folders
from kg.cli.output import console, json_option, print_json, working
from kg.contributing import conforming, open_base, seed_files
from kg.errors import AnchorProblem, BadInput, DoesNotConform, RowsRefused, Violation
from kg.settings import SETTINGS, Settings, read_settings, resource
from kg.turtle import format_file
from kg.validation import anchor_facts, check_anchors, problems, shacl

_FILES = click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))


@click.command()
@click.option("--host", help="Address to listen on; the loopback unless you say otherwise.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the evidence base as pages until Ctrl-C."""
    from webui.serving import serve as run

    given = {"GAPBRIDGE_HOST": host, "GAPBRIDGE_PORT": str(port) if port else None}
    run(read_settings(override={name: value for name, value in given.items() if value}))


@click.command()
@_FILES
@click.option("--message", "-m", default="", help="What this change does, in a line; kept with the revision.")
@click.option("--dry-run", is_flag=True, help="Show what would change or does not conform, and keep nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--prune", is_flag=True, help="Withdraw what is in none of the files of its pack any more.")
def load(files: tuple[Path, ...], message: str, dry_run: bool, yes: bool, prune: bool) -> None:
    """Load RDF FILES and folders; without any, the data that came with the program.

    Of each thing that a file describes, the base says afterwards just what the files say. What does not parse or
    conform is refused whole. What would change is told first; at a terminal, you are asked.
    """
    paths = list(files) or seed_files()
    told = message or ("Seed data loaded" if not files else f"Loaded {', '.join(p.name for p in files)}")
    load_folders(read_settings(), paths, told, dry_run=dry_run, yes=yes, prune=prune)


@click.command()
@_FILES
@click.option("--no-shacl", is_flag=True, help="The fast checks alone.")
@json_option
def validate(files: tuple[Path, ...], no_shacl: bool, as_json: bool) -> None:
    """Check data: FILES as they would stand in the base, or the base itself where none are given.

    Runs the fast checks and full SHACL. A table of claims (*.csv, *.tsv) is told row by row. Exit code 1 when there is
    a violation; warnings are shown and counted.
    """
    settings = read_settings()
    tables = [file for file in files if file.suffix.lower() in claiming.SUFFIXES]
    if tables:
        return _validate_tables(settings, files, tables, as_json)
    with working("Checking"):
        reader = conforming(settings, list(files)) if files else open_base(settings)
        found = problems(reader)
        found += [] if no_shacl else _beyond(found, shacl(reader))
    wrong = [v for v in found if v.severity == "violation"]
    if as_json:
        print_json(found)
    else:
        _print_problems(found)
    if wrong:
        raise DoesNotConform(wrong)


def _validate_tables(settings: Settings, files: tuple[Path, ...], tables: list[Path], as_json: bool) -> None:
    if len(tables) < len(files):
        raise BadInput("Tables of claims and files of RDF are checked apart: name one sort at a time.")
    refused = claiming.check_tables(open_base(settings), tables, as_json)
    if refused:
        raise RowsRefused(refused)


@click.command(name="check-anchors")
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
def anchors(folder: Path, as_json: bool) -> None:
    """Check every passage against the documents (*.txt, *.md) in FOLDER.

    Documents are known by the hash of their normalised text, whatever their names.
    """
    report = check_anchors(queries.passages(open_base(read_settings())), folder)
    if as_json:
        print_json(report)
    else:
        console.print(f"{report.checked} passages stand where the data say.")
    if not report.holds:
        broken = [f"These do not: {', '.join(report.broken[:20])}."] if report.broken else []
        missing = [f"No document in {folder} is the text of {s} ({n} passages)." for s, n in report.missing.items()]
        raise AnchorProblem(" ".join([*broken, *missing]))


@click.command()
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("words")
def anchor(document: Path, words: str) -> None:
    """Find WORDS in DOCUMENT and print the start, end and hashes that a passage needs; the words are not kept."""
    print_json(anchor_facts(document, words))


@click.command(name="format")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
def format_data(paths: tuple[Path, ...]) -> None:
    """Rewrite Turtle files in their one canonical form; without PATHS, those of the ontology and the seed data."""
    roots = paths or (resource("ontology"), resource("seed_data"))
    files = [f for root in roots for f in (sorted(root.rglob("*.ttl")) if root.is_dir() else [root])]
    with working("Formatting"):
        changed = [file for file in files if format_file(file)]
    for file in changed:
        console.print(escape(str(file)))
    console.print(f"{len(changed)} of {len(files)} files changed.")


@click.command()
def settings() -> None:
    """List the settings, read from the environment."""
    for setting in SETTINGS:
        console.print(f"[bold]GAPBRIDGE_{setting.name}[/bold]  {setting.help} Default: {setting.default or 'none'}.")


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL, to be sourced in its start-up file."""
    from click.shell_completion import get_completion_class

    from kg.cli.main import main

    kind = get_completion_class(shell)
    if kind is None:
        raise BadInput(f"There is no completion for {shell}.")
    click.echo(kind(main, {}, "gapbridge", "_GAPBRIDGE_COMPLETE").source())


def _beyond(fast: list[Violation], full: list[Violation]) -> list[Violation]:
    """What full SHACL finds and the fast checks have not told already."""
    told = {(v.thing, v.message) for v in fast}
    return [v for v in full if (v.thing, v.message) not in told]


def _print_problems(found: list[Violation]) -> None:
    for severity in ("violation", "warning", "info"):
        these = [v for v in found if v.severity == severity]
        console.print(f"{len(these)} {severity}{'s' if len(these) != 1 and severity != 'info' else ''}")
        if severity != "violation":
            for v in these[:10]:
                console.print(f"  {escape(str(v))}")
            if len(these) > 10:
                console.print(f"  … and {len(these) - 10} more (--json prints all)")


COMMANDS = (serve, load, validate, anchors, anchor, format_data, settings, completion)
