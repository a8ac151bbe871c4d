"""The core article against its text: every citation, every bullet, every reference; needs the documents at hand."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from kg.namespaces import thing
from kg.queries import facts
from kg.validation import normalise
from tests.data_support import article, base, claims, normalised, rows

AUTHORS = {
    "Aid Effectiveness": "aid-effectiveness",
    "Allcock et al.": "allcock",
    "Ansell et al.": "ansell",
    "Australian Government": "australian-government",
    "Baron": "baron",
    "Braithwaite et al.": "braithwaite",
    "Cairney": "cairney",
    "Davies et al.": "davies",
    "Franks and Bory": "franks-bory",
    "Furnival et al.": "furnival",
    "Gazley": "gazley",
    "Gold": "gold",
    "Gunn": "gunn",
    "HM Government": "hm-government",
    "Henkel": "henkel",
    "Hill and Hupe": "hill-hupe",
    "Hudson": "hudson",
    "Hunter et al.": "hunter",
    "Ilott et al.": "ilott",
    "Institute for Government": "ifg-cipfa",
    "Lipsky": "lipsky",
    "Matland": "matland",
    "May": "may",
    "McConnell": "mcconnell",
    "National Audit Office": "nao",
    "Norris and McCrae": "norris-mccrae",
    "Norris et al.": "norris",
    "OECD": "oecd",
    "Pettigrew et al.": "pettigrew",
    "Pew Charitable Trust": "pew-macarthur",
    "Rittel and Webber": "rittel-webber",
    "Roberts and King": "roberts-king",
    "Sausman et al.": "sausman",
    "Sense about Science": "sas",
    "Volker": "volker",
    "WHO": "who",
    "Weaver": "weaver",
    "Williams": "williams",
}
"""How the text names the authors of each reference, and how their sources are called."""

# Year or years in brackets, with the authors before the bracket or inside it.
_BRACKET = re.compile(r"\(([^()]*?\b(?:19|20)\d\d[^()]*)\)")
_INSIDE = re.compile(r"(?P<who>.*?),? ?(?P<years>(?:19|20)\d\d(?:, (?:19|20)\d\d)*)")
# Matland is named twice more in §3.5, and the Institute for Government in §2.1, without a year: no citations.


@dataclass(frozen=True)
class Citation:
    """A work cited at a place of the normalised text."""

    source: str
    start: int
    end: int


def body(text: str) -> tuple[int, int]:
    """From the introduction to the note: where the article cites."""
    return text.index("1. Introduction There is"), text.index("Note 1. The authors")


def citations(text: str) -> list[Citation]:
    begin, end = body(text)
    found = []
    for bracket in _BRACKET.finditer(text, begin, end):
        before = text[max(0, bracket.start() - 60) : bracket.start()].rstrip()
        for part in bracket[1].split("; "):
            match = _INSIDE.fullmatch(part)
            assert match, f"a bracket that this test cannot read: {bracket[0]}"
            who = match["who"] or max((a for a in AUTHORS if before.endswith(a)), key=len, default="")
            assert who in AUTHORS, f"an author that this test does not know: …{before[-30:]} {bracket[0]}"
            years = match["years"].split(", ")
            found += [Citation(f"source/{AUTHORS[who]}-{y}", bracket.start(), bracket.end()) for y in years]
    return found


def test_the_citations_are_those_that_a_reader_counts() -> None:
    """50 in 44 brackets, to 43 of the 44 references, by hand; the pages (p231), (3) and (54) are none."""
    found = citations(normalised())
    assert len(found) == 50
    assert len({c.start for c in found}) == 44
    listed = set(references().values())
    assert {c.source for c in found} == listed - {"source/department-of-health-2012"}


def test_every_citation_lies_in_the_passage_of_a_claim_that_rests_on_the_work() -> None:
    missed = [
        c
        for c in citations(normalised())
        if not any(k.start <= c.start and c.end <= k.end and c.source in k.works | k.origins for k in claims())
    ]
    assert missed == []


def test_no_claim_rests_on_a_work_that_is_not_cited_nearby() -> None:
    """A work backs a claim only in a passage of a paragraph that cites it, or in Matland's Table 1."""
    found = citations(normalised())
    paragraphs = [normalise(p) for p in re.split(r"\n\s*\n", article())]
    text, at, spans = normalised(), 0, []
    for paragraph in paragraphs:
        if paragraph:
            at = text.index(paragraph, at)
            spans.append((at, at + len(paragraph)))
    for claim in (c for c in claims() if c.works and not c.locator.startswith("Table 1")):
        near = [s for s in spans if s[0] < claim.end and claim.start < s[1]]
        low, high = min(s[0] for s in near), max(s[1] for s in near)
        low, high = low - REACH, high + REACH
        cited = {c.source for c in found if low <= c.start < high}
        assert claim.works <= cited, f"{claim.claim}: {claim.works - cited}"


REACH = 1_300
"""A list or a page break stands between a work and what is told of it: the longest such way in the text."""

BULLETS = {"3.5.1.": (7, "preparation"), "3.5.2.": (5, "tracking"), "3.5.3.": (3, "support"), "3.5.4.": (3, "review")}


def bullets() -> dict[tuple[str, int], str]:
    """The bullets of §3.5.1–3.5.4 by section and place."""
    text = article()
    found = {}
    for section in BULLETS:
        rest = text[text.index(f"\n{section} ") + 1 :]
        lines = rest.splitlines()[1:]
        end = next(i for i, line in enumerate(lines) if line and not line.startswith("- "))
        kept = [line[2:].strip() for line in lines[:end] if line.startswith("- ")]
        found |= {(section, n): normalise(line) for n, line in enumerate(kept, 1)}
    return found


def test_every_bullet_is_a_tactic_put_in_its_phase() -> None:
    """In the order of the text, anchored on the bullet's own words, recommended, and resting on nobody."""
    found, text = bullets(), normalised()
    counted = {section: sum(s == section for s, _ in found) for section in BULLETS}
    assert counted == {section: n for section, (n, _) in BULLETS.items()}
    order = [row[0] for row in rows(base(), _TACTICS)]
    assert len(order) == len(found) == 18
    for tactic, ((section, n), words) in zip(order, found.items(), strict=True):
        (claim,) = [c for c in claims() if c.subject == tactic and c.relation == "inPhase"]
        assert claim.object == f"support-phase/{BULLETS[section][1]}"
        assert claim.locator == f"§{section.rstrip('.')}, bullet {n}"
        assert text[claim.start : claim.end] == words
        assert (claim.force, claim.stance) == ("force/recommends", "stance/supports")
        assert not claim.works, f"{claim.claim}: the article cites nobody for a tactic"


_TACTICS = """
PREFIX gap: <https://w3id.org/gapbridge/ns#>
PREFIX scheme: <https://w3id.org/gapbridge/id/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?tactic WHERE { ?tactic skos:inScheme scheme:tactic ; gap:position ?position } ORDER BY ?position
"""


def plain(markdown: str) -> str:
    """A line without its markdown: emphasis and links gone, white space folded."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown).replace("*", "")
    return re.sub(r"\s+", " ", text).strip()


def printed() -> list[str]:
    text = article()
    listed = text[text.index("\nReferences\n") :]
    return [plain(line[2:]) for line in listed.splitlines() if line.startswith("- ")]


def references() -> dict[str, str]:
    """The recorded references, as printed, with their sources."""
    asked = """
    PREFIX dcterms: <http://purl.org/dc/terms/>
    PREFIX source: <https://w3id.org/gapbridge/id/source/>
    SELECT ?printed ?source
    WHERE { source:hudson-2019 dcterms:references ?source . ?source dcterms:bibliographicCitation ?printed }
    ORDER BY ?printed
    """
    found = rows(base(), asked)
    assert len(dict(found)) == len(found)  # type: ignore[arg-type]
    return dict(found)  # type: ignore[arg-type]


def test_the_references_are_recorded_as_printed() -> None:
    found = printed()
    assert len(found) == 44
    assert sorted(found) == sorted(references())


def test_what_is_never_cited_is_kept_and_noted() -> None:
    told = facts(base(), thing("source", "department-of-health-2012"))
    assert any("never cited" in fact.value for fact in told)
    assert not any("department-of-health-2012" in work for c in claims() for work in c.works | c.origins)


@pytest.mark.parametrize(
    ("source", "slip"),
    [("gunn-1978", "Implantation"), ("braithwaite-2018", "Churrua"), ("furnival-2018", "doi:10.1093/intqhc/mzy085")],
)
def test_slips_in_print_are_kept(source: str, slip: str) -> None:
    (reference,) = [p for p, s in references().items() if s == f"source/{source}"]
    assert slip in reference
