"""A diagnosis by its code: the same answers, and the same that follows from them, as on its page."""

from __future__ import annotations

from urllib.parse import urlencode

from kg.diagnosis import RULE, CauseFound, Cover, Result, catalogue, diagnose, from_code
from kg.diagnosis.steps import TACTICS
from kg.diagnosis.wording import LIMIT, covering, shows, shows_not, unknown_to_all
from kg.errors import BadInput, NotFound
from kg.namespaces import thing
from webui.api.answers.asked import Asked
from webui.api.answers.assessments import follows
from webui.api.answers.parts import claim_records, honesty, mark, ref
from webui.api.problems import from_library
from webui.api.records import CoveringSet, DiagnosedCause, DiagnosisAnswer, Href, LinkedTactic


def diagnosis_answer(asked: Asked) -> DiagnosisAnswer:
    code, known = asked.values["d"], catalogue(asked.reader)
    try:
        read = from_code(known, code)
        found = diagnose(asked.reader, read.diagnosis, known)
    except (BadInput, NotFound) as error:
        raise from_library(error, "d") from None
    groups = (found.cautions, found.at_odds, found.tensions, found.gaps)
    cautions, at_odds, tensions, gaps = (claim_records(asked.reader, claims) for claims in groups)
    return DiagnosisAnswer(
        revision=asked.opened.revision,
        honesty=honesty(claim_records(asked.reader, found.claims())),
        policy=found.name,
        stored=False,
        page=Href(f"/diagnose/result?{urlencode({'d': code})}"),
        lost=read.lost,
        shows=shows(found),
        leaves_open=shows_not(found),
        findings=tuple(follows(f) for step in found.findings.values() for f in step),
        causes=tuple(_cause(found, cause) for cause in found.causes),
        cover=_cover(found, found.cover),
        cover_stated=_cover(found, found.cover_stated),
        rule=RULE,
        limit=LIMIT,
        cautions=cautions,
        at_odds=at_odds,
        tensions=tensions,
        gaps=gaps,
        unknown=unknown_to_all(found),
    )


def _cause(found: Result, cause: CauseFound) -> DiagnosedCause:
    linked = [tactic for tactic in found.tactics.values() if cause.iri in tactic.links]
    use = found.diagnosis.answers(TACTICS)
    return DiagnosedCause(
        ref(cause.iri, cause.label),
        cause.answer,
        cause.covered,
        tuple(
            LinkedTactic(
                ref(t.iri, t.label),
                use.get(t.iri, ""),
                mark(t.links[cause.iri]),
                ref(thing("evidence-status", t.status), t.status_label),
            )
            for t in linked
        ),
    )


def _cover(found: Result, cover: Cover) -> CoveringSet:
    tactics = tuple(ref(option.thing, option.label) for option in cover.chosen)
    left = tuple(ref(cause, found.labels[cause]) for cause in sorted(cover.left))
    return CoveringSet(covering(found, cover), cover.exact, tactics, left)
