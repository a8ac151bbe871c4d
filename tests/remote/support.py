"""A base on a server: settings for it, and changes to make in it."""

from __future__ import annotations

from pathlib import Path

from kg.contributing import PROJECT, home
from kg.namespaces import PREFIXES, thing
from kg.settings import Settings, read_settings
from kg.store import Change, Engine, Literal, NamedNode, Reader, Writer, in_memory, placed
from kg.store.remote.keeping import Differing
from kg.store.remote.opening import shared_home, sharing
from tests.remote.servers.address import Address


def settings_for(address: Address, folder: Path, database: str = "", **more: str) -> Settings:
    """Settings of one machine.

    Args:
        address: the server that holds the base.
        folder: this machine's copy.
        database: what it shares with others; its own where none is given.
        more: other settings, by name.
    """
    given = {
        "DATA": str(folder),
        "DATABASE": database,
        "ENGINE": address.query,
        "ENGINE_UPDATE": address.update,
        "ENGINE_GRAPHS": address.graphs,
        "ENGINE_AUTH": address.auth,
        "ENGINE_USER": address.user,
        "ENGINE_PASSWORD": address.password,
        "ENGINE_TOKEN": address.token,
        **more,
    }
    return read_settings({f"GAPBRIDGE_{name}": text for name, text in given.items()})


def change(settings: Settings, wanted: Change) -> int:
    """Make a change, without the rules and checks that take their time; gives its revision."""
    with Writer(home(settings), lambda _: [], (), wait=60) as writer:
        return writer.commit(wanted)


def reader(settings: Settings) -> Engine:
    """What this machine has; nothing where it has no base yet."""
    place = home(settings)
    return place.reader(0) if place.exists and place.journal.head else in_memory()


def take_over(settings: Settings) -> None:
    """Take over what other machines did."""
    with Writer(shared_home(settings, is_reading=True), lambda _: [], ()):
        pass


def differing(settings: Settings) -> list[Differing]:
    """In what the server, or any of its replicas, differs from this machine, which must hold something."""
    here = reader(settings)
    assert here.revision
    keepers = sharing(settings).keepers
    assert [keeper.head().revision for keeper in keepers] == [here.revision] * len(keepers)
    return [found for keeper in keepers for found in keeper.compare(here)]


def shared_by(settings: Settings) -> str:
    """The address of a machine's database, for another machine to share."""
    return settings.database or f"sqlite:///{settings.data}/people.sqlite"


def noting(reader: Reader, slug: str, notes: int = 1, *, gone: bool = False) -> Change:
    """A change that describes a person, with some remarks on them, or takes these remarks out."""
    who = NamedNode(thing("agent", slug))
    facts = [
        (who, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["prov"] + "Agent")),
        (who, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(PREFIXES["prov"] + "Person")),
        (who, NamedNode(PREFIXES["foaf"] + "name"), Literal(f"Ada of “{slug}”")),
    ]
    remark = NamedNode(PREFIXES["skos"] + "editorialNote")
    remarks = placed((who, remark, Literal(f'{n}: say "yes"\nor {{no}} \\ ünï', language="en")) for n in range(notes))
    if gone:
        return Change(reader.revision, frozenset(), remarks, PROJECT, f"Remarks on {slug} taken out")
    return Change(reader.revision, placed(facts) | remarks, agent=PROJECT, message=f"{slug} noted")
