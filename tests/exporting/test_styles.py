"""Formatted citations, held against citations written by hand after each style's own guide."""

from __future__ import annotations

import html
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BadInput
from kg.exporting import STYLES, Reference, formatted

References = dict[str, Reference]

DOI = "https://doi.org/10.1332/030557317X14972799760260"
YEAR = 2019  # apart, since the article ends by citing itself in nearly these words
GAP = "https://doi.org/10.1080/25741292.2018.1540378"
BY_HAND = {
    "apa": {
        "ansell-2017": "Ansell, C., Sørensen, E., & Torfing, J. (2017). Improving Policy Implementation through "
        f"Collaborative Policymaking. <i>Policy & Politics</i>, <i>45</i>(3), 467–486. {DOI}",
        "hudson-2019": "Hudson, B., Hunter, D., & Peckham, S. (2019). Policy failure and the policy-implementation "
        f"gap: can policy support programs help? <i>Policy Design and Practice</i>. {GAP}",
        "hill-hupe-2015": "Hill, M., & Hupe, P. (2015). <i>Implementing Public Policy</i> (3rd ed.). Sage.",
        "hudson-1993": "Hudson, B. (1993). Michael Lipsky and Street-Level Bureaucracy: A Neglected Perspective. In "
        "M. Hill (Ed.), <i>The Policy Process: A Reader</i>. Harvester Wheatsheaf.",
        "who-2016": "World Health Organisation. (2016). <i>Health System Transformation: Making it happen. Expert "
        "Meeting Madrid, Spain, December 17–18, 2015</i>. WHO.",
        "national-inpatient-survey-2012": "<i>National Inpatient Survey</i>. (2012).",
        "king-crewe": "King, & Crewe. (n.d.). <i>Blunders of our Governments</i>.",
        "may-2015": "May, P. (2015). Implementation Failures Revisited. <i>Public Policy and Administration</i>, "
        "<i>30</i>(3–4), 277–299.",
    },
    "harvard": {
        "ansell-2017": "Ansell, C., Sørensen, E. and Torfing, J. (2017) ‘Improving Policy Implementation through "
        f"Collaborative Policymaking’, <i>Policy & Politics</i>, 45(3), pp. 467–486. Available at: {DOI}.",
        "hudson-2019": "Hudson, B., Hunter, D. and Peckham, S. (2019) ‘Policy failure and the policy-implementation "
        f"gap: can policy support programs help?’, <i>Policy Design and Practice</i>. Available at: {GAP}.",
        "hill-hupe-2015": "Hill, M. and Hupe, P. (2015) <i>Implementing Public Policy</i>. 3rd edn. London: Sage.",
        "hudson-1993": "Hudson, B. (1993) ‘Michael Lipsky and Street-Level Bureaucracy: A Neglected Perspective’, in "
        "M. Hill (ed.) <i>The Policy Process: A Reader</i>. Hertfordshire: Harvester Wheatsheaf.",
        "national-inpatient-survey-2012": "<i>National Inpatient Survey</i> (2012).",
        "kaehne-editorial": "Kaehne, A. (no date) ‘When integration policy and implementation part ways’.",
        "davies-2008": "Davies, H., Nutley, S. and Walter, I. (2008) ‘Why “Knowledge Transfer” Is Misconceived for "
        "Applied Social Research’, <i>Journal of Health Services Research & Policy</i>, 18(3), pp. 188–190.",
    },
    "chicago": {
        "ansell-2017": "Ansell, C., E. Sørensen, and J. Torfing. 2017. “Improving Policy Implementation Through "
        f"Collaborative Policymaking.” <i>Policy & Politics</i> 45 (3): 467–86. {DOI}.",
        "hudson-2019": f"Hudson, Bob, David Hunter, and Stephen Peckham. {YEAR}. “Policy Failure and the "
        "Policy-Implementation Gap: Can Policy Support Programs Help?” <i>Policy Design and Practice</i>. "
        f"{GAP}.",
        "hill-hupe-2015": "Hill, M., and P. Hupe. 2015. <i>Implementing Public Policy</i>. 3rd ed. Sage.",
        "hudson-1993": "Hudson, B. 1993. “Michael Lipsky and Street-Level Bureaucracy: A Neglected Perspective.” In "
        "<i>The Policy Process: A Reader</i>, edited by M Hill. Harvester Wheatsheaf.",
        "davidson-holyrood-baby": "Davidson, Jenni. n.d. <i>The Holyrood Baby</i>.",
        "national-inpatient-survey-2012": "<i>National Inpatient Survey</i>. 2012.",
        "davies-2008": "Davies, H., S. Nutley, and I. Walter. 2008. “Why ‘Knowledge Transfer’ Is Misconceived for "
        "Applied Social Research.” <i>Journal of Health Services Research & Policy</i> 18 (3): 188–90.",
    },
    "mla": {
        "ansell-2017": "Ansell, C., et al. “Improving Policy Implementation through Collaborative Policymaking.” "
        f"<i>Policy & Politics</i>, vol. 45, no. 3, 2017, pp. 467–86, {DOI}.",
        "hudson-2019": "Hudson, Bob, et al. “Policy Failure and the Policy-Implementation Gap: Can Policy Support "
        f"Programs Help?” <i>Policy Design and Practice</i>, 2019, {GAP}.",
        "hill-hupe-2015": "Hill, M., and P. Hupe. <i>Implementing Public Policy</i>. 3rd ed., Sage, 2015.",
        "hudson-1993": "Hudson, B. “Michael Lipsky and Street-Level Bureaucracy: A Neglected Perspective.” "
        "<i>The Policy Process: A Reader</i>, edited by M Hill, Harvester Wheatsheaf, 1993.",
        "weaver-2010": "Weaver, K. “But Will It Work?” <i>Issues in Government Studies</i>, vol. 32, 2010, pp. 1–17.",
        "national-inpatient-survey-2012": "<i>National Inpatient Survey</i>. 2012.",
    },
    "vancouver": {
        "ansell-2017": "Ansell C, Sørensen E, Torfing J. Improving Policy Implementation through Collaborative "
        "Policymaking. Policy & Politics. 2017;45(3):467–86. doi:10.1332/030557317X14972799760260",
        "hudson-2019": "Hudson B, Hunter D, Peckham S. Policy failure and the policy-implementation gap: can policy "
        "support programs help? Policy Design and Practice. 2019. doi:10.1080/25741292.2018.1540378",
        "hill-hupe-2015": "Hill M, Hupe P. Implementing Public Policy. 3rd ed. London: Sage; 2015.",
        "hudson-1993": "Hudson B. Michael Lipsky and Street-Level Bureaucracy: A Neglected Perspective. In: Hill M, "
        "editor. The Policy Process: A Reader. Hertfordshire: Harvester Wheatsheaf; 1993.",
        "weaver-2010": "Weaver K. But Will It Work? Issues in Government Studies. 2010;32:1–17.",
        "jones-2018": "Jones L. The art and science of non-evaluation evaluation. Journal of Health Services Research "
        "& Policy. 2018;23(4):262–7. doi:10.1177/1355819618779614",
    },
    "oscola": {
        "ansell-2017": "Ansell C, Sørensen E and Torfing J, ‘Improving Policy Implementation through Collaborative "
        f"Policymaking’ (2017) 45 Policy & Politics 467 <{DOI}>",
        "hudson-2019": "Hudson B, Hunter D and Peckham S, ‘Policy Failure and the Policy-Implementation Gap: Can "
        f"Policy Support Programs Help?’ [2019] Policy Design and Practice <{GAP}>",
        "hill-hupe-2015": "Hill M and Hupe P, <i>Implementing Public Policy</i> (3rd edn, Sage 2015)",
        "hudson-1993": "Hudson B, ‘Michael Lipsky and Street-Level Bureaucracy: A Neglected Perspective’ in M Hill "
        "(ed), <i>The Policy Process: A Reader</i> (Harvester Wheatsheaf 1993)",
        "weaver-2010": "Weaver K, ‘But Will It Work?’ (2010) 32 Issues in Government Studies 1",
        "national-inpatient-survey-2012": "‘National Inpatient Survey’ (2012)",
    },
}
CASES = [(style, slug) for style, found in BY_HAND.items() for slug in found]


@pytest.mark.parametrize(("style", "slug"), CASES)
def test_citation_is_as_by_hand(known: References, style: str, slug: str) -> None:
    assert html.unescape(formatted(known[slug].csl, style).html) == BY_HAND[style][slug]


def test_every_style_is_held_against_citations_by_hand() -> None:
    assert set(BY_HAND) == set(STYLES)


@pytest.mark.parametrize("style", sorted(set(STYLES) - {"chicago"}))  # whose large style takes six seconds for all
def test_every_source_can_be_cited(known: References, style: str) -> None:
    for reference in known.values():
        found = formatted(reference.csl, style)
        assert len(found.text) >= len(reference.csl["title"])
        assert not re.search(r"\.\.|,,|,\.|[?!]\.|\s\s|\bNone\b|[\ue000-\uf8ff]", found.text), found.text
        assert set(re.findall(r"<[^>]*>", found.html)) <= {"<i>", "</i>"}
        assert html.unescape(re.sub(r"</?i>", "", found.html)) == found.text


def test_nothing_is_said_that_the_record_does_not_hold(known: References) -> None:
    said = " ".join(formatted(known["furnival-2018"].csl, style).text for style in STYLES)
    assert not re.search("(?i)preprint|ahead of print|in press|forthcoming", said)


@pytest.mark.parametrize("style", STYLES)
def test_what_stands_in_a_record_is_text_and_no_html(style: str) -> None:
    title = '<script>alert(1)</script> & "x" <span class="nocase">Y</span> </i>'
    author = {"family": "<b>Bold", "given": "<img src=x>"}
    record = {"id": "X<y", "type": "report", "title": title, "author": [author], "URL": "https://x.org/?a=<b>&c"}
    found = formatted(record, style)
    assert set(re.findall(r"<[^>]*>", found.html)) <= {"<i>", "</i>"}
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in found.html.replace("Alert", "alert")
    assert '<span class="nocase">Y</span>' in found.text.replace("Class", "class")


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=30) | st.text(alphabet="ab<>&/ .?!’”“‘-:", max_size=30), st.sampled_from(["vancouver", "harvard"])
)
def test_any_title_ends_in_safe_html(title: str, style: str) -> None:
    record = {"id": "x", "type": "article-journal", "title": title, "container-title": "J", "page": "9-10"}
    found = formatted({**record, "author": [{"literal": title or "A"}]}, style)
    assert set(re.findall(r"<[^>]*>", found.html)) <= {"<i>", "</i>"}
    assert html.unescape(re.sub(r"</?i>", "", found.html)).replace("\xa0", " ") == found.text.replace("\xa0", " ")


def test_an_unknown_style_is_told(known: References) -> None:
    with pytest.raises(BadInput, match="Known: apa, harvard, chicago, mla, vancouver, oscola"):
        formatted(known["gold-2017"].csl, "turabian")


def test_the_formatter_is_not_loaded_before_a_citation_is_asked_for() -> None:
    code = "import sys, kg.exporting, webui; print(sorted({'citeproc', 'lxml'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
