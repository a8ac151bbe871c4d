"""What a page is about, in the words of schema.org, for crawlers: a block of JSON-LD that no browser runs.

Claims are claims: nothing here rates them, and a curator's inference is never laid in the mouth of a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from kg.exporting import TITLE, Csl
from kg.namespaces import BASE

Node = dict[str, Any]
NAME = "Gapbridge"
SITE, DATA, PROJECT = BASE + "#site", BASE + "#data", BASE + "id/agent/gapbridge"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LIST_LIMIT = 100
"""So many entries of a list are told; the count is that of all."""


def script(*nodes: Node) -> Markup:
    """Nodes as the element that holds them. What could end the element or open another is written as an escape."""
    found = [_told(node) for node in nodes]
    data = {"@context": "https://schema.org", **(found[0] if len(found) == 1 else {"@graph": found})}
    text = json.dumps(data, ensure_ascii=False)
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704 - “<”, “>” and “&” are escapes by now


def site(description: str) -> Node:
    """The site, with its search."""
    search = {"@type": "EntryPoint", "urlTemplate": BASE + "search?q={words}"}
    return {
        "@type": "WebSite",
        "@id": SITE,
        "url": BASE,
        "name": NAME,
        "description": description,
        "inLanguage": "en",
        "publisher": project(),
        "potentialAction": {"@type": "SearchAction", "target": search, "query-input": "required name=words"},
    }


def dataset(description: str, revision: int, changed: str, citation: str) -> Node:
    """The data as a whole."""
    return {
        "@type": "Dataset",
        "@id": DATA,
        "url": BASE,
        "name": TITLE,
        "description": description,
        "license": LICENCE,
        "creator": project(),
        "version": str(revision),
        "dateModified": changed,
        "creditText": citation,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "measurementTechnique": "Claims read in documents by curators, each held against the text a second time",
    }


_TYPES = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "manuscript": "Manuscript",
    "paper-conference": "ScholarlyArticle",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
_CONTAINERS = {"article-journal": "Periodical", "chapter": "Book", "post-weblog": "Blog"}


def source(iri: str, record: Csl, licence: str = "") -> Node:
    """A source as a work."""
    doi = record.get("DOI", "")
    identifier = {"@type": "PropertyValue", "propertyID": "doi", "value": doi}
    date = record.get("issued", {}).get("date-parts")
    return {
        "@type": _TYPES.get(record["type"], "CreativeWork"),
        "@id": iri,
        "name": record.get("title"),
        "author": people(record.get("author", ())),
        "editor": people(record.get("editor", ())),
        "datePublished": "-".join(f"{part:02}" for part in date[0]) if date else "",
        "isPartOf": _container(record),
        "pagination": record.get("page"),
        "bookEdition": record.get("edition"),
        "publisher": {"@type": "Organization", "name": record["publisher"]} if "publisher" in record else None,
        "identifier": identifier if doi else None,
        "sameAs": f"https://doi.org/{doi}" if doi else record.get("URL"),
        "license": licence,
        "inLanguage": record.get("language"),
    }


def _container(record: Csl) -> Node | None:
    """The journal, book or blog around a work, with volume and issue between them."""
    if "container-title" not in record:
        return None
    node: Node = {"@type": _CONTAINERS.get(record["type"], "CreativeWork"), "name": record["container-title"]}
    if "volume" in record:
        node = {"@type": "PublicationVolume", "volumeNumber": record["volume"], "isPartOf": node}
    if "issue" in record:
        node = {"@type": "PublicationIssue", "issueNumber": record["issue"], "isPartOf": node}
    return node


def people(names: Iterable[Mapping[str, str]]) -> list[Node]:
    """Authors in their order; a name without parts is a body's."""
    return [_named(name) for name in names]


def _named(name: Mapping[str, str]) -> Node:
    if "literal" in name:
        return {"@type": "Organization", "name": name["literal"]}
    parts = {"givenName": name.get("given"), "familyName": name["family"]}
    return {"@type": "Person", "name": " ".join(filter(None, parts.values())), **parts}


def claim(
    iri: str,
    text: str,
    description: str,
    *,
    document: tuple[str, str],
    about: Sequence[tuple[str, str]],
    based_on: Iterable[str],
    author: Sequence[Node],
    status: str,
) -> Node:
    """A claim.

    Args:
        iri: its address.
        text: its gist.
        description: how it stands, in words.
        document: address and name of where it was read.
        about: addresses and names of its subject and object.
        based_on: the works cited for it.
        author: who makes it; the project where a curator infers it.
        status: whether it is accepted.
    """
    return {
        "@type": "Claim",
        "@id": iri,
        "url": iri,
        "text": text,
        "description": description,
        "author": list(author),
        "appearance": {"@type": "CreativeWork", "@id": document[0], "name": document[1]},
        "about": [{"@type": "Thing", "@id": address, "name": name} for address, name in about],
        "isBasedOn": [{"@type": "CreativeWork", "@id": work} for work in based_on],
        "creativeWorkStatus": status,
        "isPartOf": {"@type": "Dataset", "@id": DATA},
    }


def term(iri: str, name: str, description: str, schemes: Iterable[tuple[str, str]]) -> Node:
    """A member of a list or framework."""
    sets = [{"@type": "DefinedTermSet", "@id": address, "name": label} for address, label in schemes]
    return {**_plain("DefinedTerm", iri, name, description), "inDefinedTermSet": sets}


def term_set(iri: str, name: str, description: str, members: Sequence[tuple[str, str]]) -> Node:
    """A framework or other list, with its first members."""
    terms = [{"@type": "DefinedTerm", "@id": address, "name": label} for address, label in members[:LIST_LIMIT]]
    return {**_plain("DefinedTermSet", iri, name, description), "hasDefinedTerm": terms}


def policy(iri: str, name: str, description: str, *, is_law: bool) -> Node:
    """A policy: legislation where it is an act, else a work of its makers."""
    return _plain("Legislation" if is_law else "CreativeWork", iri, name, description)


def thing(iri: str, kind: str, name: str, description: str) -> Node:
    """Anything else, by the kind in its address."""
    types = {"body": "Organization", "person": "Person", "pack": "Dataset"}
    return _plain(types.get(kind, "Thing"), iri, name, description)


def item_list(name: str, path: str, entries: Sequence[tuple[str, str]]) -> Node:
    """A list: address and name of each entry, the first of them where they are many."""
    found = [
        {"@type": "ListItem", "position": place, "url": BASE + href.removeprefix("/"), "name": label}
        for place, (href, label) in enumerate(entries[:LIST_LIMIT], start=1)
    ]
    return {
        "@type": "ItemList",
        "name": name,
        "url": BASE + path.removeprefix("/"),
        "numberOfItems": len(entries),
        "itemListElement": found,
    }


def _plain(cls: str, iri: str, name: str, description: str) -> Node:
    return {"@type": cls, "@id": iri, "url": iri, "name": name, "description": description}


def project() -> Node:
    """The project: publisher of the site, and author of what a curator infers."""
    return {"@type": "Organization", "@id": PROJECT, "name": NAME}


def _told(value: Any) -> Any:
    """Without what is empty: a property with nothing in it says nothing."""
    if isinstance(value, dict):
        kept = {name: _told(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if part not in ("", None, [], {})}
    return [_told(part) for part in value] if isinstance(value, list) else value
