"""The command that serves assistants."""

from __future__ import annotations

import sys

import click

from kg.errors import BadInput
from kg.settings import read_settings

HOST, PORT = "127.0.0.1", 8090


@click.command()
@click.option("--http", is_flag=True, help="Serve over streamable HTTP instead, until Ctrl-C.")
@click.option("--host", help=f"With --http: address to listen on; {HOST} unless you say otherwise.")
@click.option("--port", type=click.IntRange(1, 65535), help=f"With --http: port to listen on; {PORT} by default.")
@click.option("--name", "names", multiple=True, help="With --http: another host name by which clients call the server.")
def mcp(http: bool, host: str | None, port: int | None, names: tuple[str, ...]) -> None:
    """Serve the evidence base to assistants, by the Model Context Protocol.

    Without --http an assistant starts this and speaks with it over standard input and output. docs/assistants.md
    says how to tell an assistant of it, and what it can ask.
    """
    if not http and (host or port or names):
        raise BadInput("--host, --port and --name go with --http.")
    from kg.mcp import run_http, run_stdio  # takes a second to import; nothing else needs it

    if http:
        run_http(read_settings(), host or HOST, port or PORT, names)
        return
    if sys.stdin.isatty():
        click.echo("Waiting for messages of the Model Context Protocol on standard input; Ctrl-D ends it.", err=True)
    run_stdio(read_settings())


COMMANDS = (mcp,)
