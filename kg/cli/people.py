"""Commands for people: who has an account, and what they may do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from kg.accounts import ADMINISTRATOR, CONTRIBUTOR, ROLES, Account
from kg.cli.output import console, json_option, print_json, print_table
from kg.errors import BadInput
from kg.settings import Settings, read_settings

if TYPE_CHECKING:
    from kg.accounts.people import People
    from kg.database import Database


@click.group()
def people() -> None:
    """Make and change the accounts of people who contribute, review or administer."""


@people.command(name="add-administrator")
@click.argument("name")
@click.argument("mail")
def add_administrator(name: str, mail: str) -> None:
    """Make an account for an administrator called NAME with the mail address MAIL.

    The password is asked for; where there is no terminal, it is the first line that comes in.
    """
    account = _people().add(name, mail, ADMINISTRATOR, _password())
    console.print(f"{escape(account.name)} is an administrator and signs in as {escape(account.mail)}.")


@people.command(name="list")
@json_option
def list_people(as_json: bool) -> None:
    """List all accounts."""
    found = _people().list()
    if as_json:
        print_json([vars(account) for account in found])
        return
    rows = [(a.name, a.mail, a.role, _state(a), a.agent) for a in found]
    print_table(("name", "mail", "role", "state", "address"), [[escape(cell) for cell in row] for row in rows])


@people.command()
@click.argument("mail")
@click.argument("role", type=click.Choice(ROLES))
def role(mail: str, role: str) -> None:
    """Give the account with the mail address MAIL the ROLE."""
    people = _people()
    account = people.set_role(people.find(mail).id, role)
    console.print(f"{escape(account.name)} is now: {account.role}.")


@people.command()
@click.argument("mail")
@click.option("--undo", is_flag=True, help="Let them in again.")
def disable(mail: str, undo: bool) -> None:
    """Keep the account with the mail address MAIL out, at once and everywhere; what it contributed stays."""
    people = _people()
    account = people.set_disabled(people.find(mail).id, not undo)
    console.print(f"{escape(account.name)} is {'kept out' if account.disabled else 'let in again'}.")


@people.command(name="sign-out")
@click.argument("mail", required=False)
@click.option("--everybody", is_flag=True, help="All people, as after a backup was stolen.")
def sign_out(mail: str | None, everybody: bool) -> None:
    """End all sessions of the account with the mail address MAIL; passwords and tokens stay."""
    from kg.accounts.sessions import Sessions

    if bool(mail) == everybody:
        raise click.UsageError("Name the mail address of one person, or say --everybody.")
    people, sessions = _people(), Sessions(_database())
    found = [people.find(mail)] if mail else people.list()
    for account in found:
        sessions.end_all(account.id)
    console.print(f"Signed out everywhere: {escape(found[0].name) if mail else 'everybody'}.")


@people.command()
@click.argument("mail")
@click.option("--role", type=click.Choice(ROLES), default=CONTRIBUTOR, show_default=True, help="What they will be.")
def invite(mail: str, role: str) -> None:
    """Print a link by which the person with the mail address MAIL makes an account. It works once, for seven days."""
    from kg.accounts.links import Links

    settings = read_settings()
    click.echo(_address(settings, "invitation", Links(_database()).invite(mail, role)))


@people.command()
@click.argument("mail")
def reset(mail: str) -> None:
    """Print a link by which the person with the mail address MAIL chooses a new password. It works once."""
    from kg.accounts.links import Links

    settings, account = read_settings(), _people().find(mail)
    click.echo(_address(settings, "new-password", Links(_database()).reset(account)))


def _address(settings: Settings, page: str, secret: str) -> str:
    root = settings.public_url or f"http://{settings.host}:{settings.port}"
    return f"{root}/{page}/{secret}"


def _people() -> People:
    from kg.accounts.people import People

    return People(_database())


def _database() -> Database:
    from kg.database import open_database

    return open_database(read_settings())


def _password() -> str:
    if not sys.stdin.isatty():
        return _first_line()
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _first_line() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise BadInput("No password came in. Type it at a terminal, or give it as the first line: … < password.txt")
    return password


def _state(account: Account) -> str:
    return "disabled" if account.disabled else "active"


COMMANDS = (people,)
