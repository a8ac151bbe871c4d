"""The pages of releases: all of them, and one with the answers that changed."""

from __future__ import annotations

from dataclasses import dataclass

from kg.citation import Edition, cite, edition
from kg.errors import NotFound
from kg.namespaces import thing
from kg.queries import revision_records
from kg.queries.releases import Release, changed_answers, releases
from webui.addresses import short
from webui.base import Opened
from webui.contexts.page import Link, Page, crumbs, frame, shown


@dataclass(frozen=True)
class ReleaseLine:
    """A release in the list."""

    link: Link
    issued: str
    revision: Link
    notes: str


@dataclass(frozen=True, kw_only=True)
class ReleasesPage(Page):
    """All releases, the newest first."""

    releases: tuple[ReleaseLine, ...]


@dataclass(frozen=True, kw_only=True)
class ReleasePage(Page):
    """A release.

    Attributes:
        issued: when it was made.
        named: which revision it names.
        notes: what it brings, as told by who made it.
        answers: what changed since the release before.
        before: that one, or the first revision.
        compare: where the two stand beside one another.
        cite_as: how the base is cited at this release.
    """

    issued: str
    named: Link
    notes: str
    answers: tuple[str, ...]
    before: str
    compare: str
    cite_as: str


def releases_page(opened: Opened) -> ReleasesPage:
    """All releases."""
    return ReleasesPage(
        **frame(
            opened,
            "Releases",
            lead="Revisions that were given a name, to be cited and compared; each says which answers had changed.",
            at="/about",
            crumbs=crumbs(Link("About", "/about"), Link("Releases", "", True)),
            queries=(shown("releases"),),
            canonical="/releases",
        ),
        releases=tuple(_line(row) for row in releases(opened.reader)),
    )


def _line(row: Release) -> ReleaseLine:
    revision = Link(f"Revision {row.revision}", f"/revision/{row.revision}")
    return ReleaseLine(Link(row.name, f"/releases/{short(row.release)}"), row.issued, revision, row.notes)


def release_page(opened: Opened, slug: str) -> ReleasePage:
    """A release.

    Raises:
        NotFound: there is none of this name.
    """
    found = releases(opened.reader)
    row = next((row for row in found if row.release == thing("release", slug)), None)
    if row is None:
        raise NotFound(slug, [short(other.release) for other in found[:5]])
    earlier = next((other for other in found if other.revision < row.revision), None)
    since = earlier.revision if earlier else 1
    line = _line(row)
    return ReleasePage(
        **frame(
            opened,
            f"Release {row.name}",
            at="/about",
            crumbs=crumbs(Link("Releases", "/releases"), Link(row.name, "", True)),
            queries=(shown("releases"), shown("changed_answers", release=row.release)),
            canonical=line.link.href,
        ),
        issued=row.issued,
        named=line.revision,
        notes=row.notes,
        answers=tuple(changed_answers(opened.reader, row.release)),
        before=f"release {earlier.name}" if earlier else "the first revision",
        compare=f"/compare/revisions?from={since}&to={row.revision}",
        cite_as=cite(_edition(opened, row)),
    )


def _edition(opened: Opened, row: Release) -> Edition:
    made = revision_records(opened.reader, [thing("revision", str(row.revision))])
    return Edition(row.revision, made[0].at if made else "", edition(opened.reader).licences, row.name)
