"""A pack to begin with: it conforms as it is, and each file says what to put in its place."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from kg.errors import BadInput
from kg.namespaces import ID, NS, ONTOLOGY, PREFIXES
from kg.settings import resource
from kg.turtle import format_turtle

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")

_VERSION = re.compile(re.escape("owl:versionInfo") + r' "([^"]+)"')

README = """# {title}

A pack for Gapbridge. What lies here:

- `pack.ttl`: what the pack is called, its version, licence and source. Change title, licence and source; raise the
  version with every change. `dcterms:requires` names other packs that it needs, `dcterms:conformsTo` the version of the
  ontology it is made for.
- `sources/`: the works behind it, one a file. The file's name is the last part of the address.
- `notions/`, `outcomes/`, `policies/`, `bodies/`, `persons/`: things that it brings.
- `claims/`: what it says, one claim a file with the place where it stands. A claim may speak of anything in the base.

The example source and claim are made up; replace them. Things of the base keep their own files: give what you
bring addresses of its own, such as `{id}notion/{name}-example`.

    gapbridge pack check .      # what does not conform, in words
    gapbridge format .          # the one canonical form of Turtle
    gapbridge pack add . --dry-run
    gapbridge pack add .

Its links stand as “mapped by a pack”: shown apart from what documents state, and never counted as support, unless
whoever keeps the base chooses so (`--counts`).
"""

_PACK = """
PREFIX agent: <{id}agent/>
PREFIX pack: <{id}pack/>
PREFIX source: <{id}source/>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX gap: <{ns}>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
pack:{name} a gap:Pack ;
  dcterms:title "{title}"@en ;
  dcterms:description "Say here what the pack holds and how it was made."@en ;
  dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
  dcterms:source source:{name}-example ;
  dcterms:creator agent:{name}-curators ;
  dcterms:created "{today}"^^xsd:date ;
  dcterms:conformsTo <{ontology}/{version}> ;
  dcterms:requires pack:common ;
  dcat:version "0.1.0" .
"""

_FILES = {
    "agents/{name}-curators": """
agent:{name}-curators a prov:Agent ;
  foaf:name "Those who made the pack {name}" ;
  skos:definition "Say here who they are."@en .
""",
    "notions/{name}-example": """
notion:{name}-example a skos:Concept, gap:Notion ;
  skos:prefLabel "Example of the pack {name}"@en ;
  skos:definition "Made up, to be replaced: something that the pack speaks of."@en ;
  skos:inScheme scheme:notion ; skos:topConceptOf scheme:notion .
""",
    "sources/{name}-example": """
source:{name}-example a gap:Source, fabio:ReportDocument ;
  dcterms:title "An example, made up for the pack {name}"@en ;
  dcterms:issued "{year}"^^xsd:gYear ;
  dcterms:identifier "https://example.org/{name}"^^xsd:anyURI ;
  gap:authorList "Nobody" ;
  gap:shortLabel "Example of {name}" ;
  gap:evidenceType evidence-type:conceptual ;
  gap:readingStatus reading-status:read-in-full ;
  skos:editorialNote "Made up. Put a work of yours in its place."@en .
""",
    "claims/{name}-example": """
claim:{name}-example a gap:Claim ;
  gap:claimSubject notion:{name}-example ; gap:claimPredicate gap:bearsOn ; gap:claimObject dimension:problem ;
  gap:stance stance:describes ; gap:force force:asserts ; gap:informs dimension:problem ;
  gap:claimBasis claim-basis:uncited-argument ; gap:linkBasis link-basis:as-stated ;
  gap:gist "Made up: say in your own words what the work says."@en ;
  gap:assertedIn source:{name}-example ; gap:originSource source:{name}-example ;
  gap:locatedAt passage:{name}-example ; gap:reviewStatus review-status:draft ;
  dcterms:creator agent:{name}-curators ; dcterms:created "{today}"^^xsd:date .
passage:{name}-example a gap:Passage ; oa:hasSource source:{name}-example ; gap:locator "p. 1" ;
  gap:quoteHash "{hash}" ; gap:textHash "{hash}" ; oa:hasSelector selector:{name}-example .
selector:{name}-example a oa:TextPositionSelector ; oa:start 0 ; oa:end 20 .
""",
}


def make_skeleton(folder: Path, name: str = "", title: str = "") -> list[Path]:
    """Write a pack to begin with.

    Args:
        folder: where to; it must be empty or not be there.
        name: the pack's name in addresses; the folder's own where not given.
        title: what it is called; made from the name where not given.

    Returns:
        The files written.

    Raises:
        BadInput: the folder holds something, or the name cannot stand in an address.
    """
    name = name or folder.resolve().name
    if not _NAME.fullmatch(name):
        raise BadInput(f"“{name}” cannot stand in an address. Use lower-case letters, digits and hyphens (--name).")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder} is there already and is not empty. Choose another folder.")
    title = title or name.replace("-", " ").capitalize()
    today = datetime.now(UTC).date()
    words = {
        **{
            "name": name,
            "title": _quoted(title),
            "id": ID,
            "ns": NS,
            "ontology": ONTOLOGY,
            "version": _ontology_version(),
        },
        **{"today": str(today), "year": str(today.year), "hash": sha256(name.encode()).hexdigest()},
    }
    texts = {f"{path.format(**words)}.ttl": _prefixed(text.format(**words)) for path, text in _FILES.items()}
    texts["pack.ttl"] = format_turtle(_PACK.format(**words))
    texts["README.md"] = README.format(**words | {"title": title})
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return [folder / path for path in sorted(texts)]


def _ontology_version() -> str:
    found = _VERSION.search((resource("ontology") / "gap.ttl").read_text(encoding="utf-8"))
    return found[1] if found else "0"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _prefixed(text: str) -> str:
    kinds = set(re.findall(r"(?<![\w:/.-])([a-z][a-z-]*):[a-z]", text)) - set(PREFIXES)
    known = PREFIXES | {kind: f"{ID}{kind}/" for kind in kinds}
    return format_turtle("".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in known.items()) + text)
