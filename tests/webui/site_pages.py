"""The pages that every check of quality is made on: looks, weight, form, words, speed. A new page is one line here."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class SitePage:
    """A page to be looked at.

    Attributes:
        name: what it is called in tests, pictures and tables.
        address: where it stands.
        expert: whether it is for those who write queries or programs, who may be told more in a sentence.
        status: with which status it comes.
    """

    name: str
    address: str
    expert: bool = False
    status: int = 200

    @property
    def is_graph(self) -> bool:
        """Whether a script draws something on it."""
        return urlsplit(self.address).path.startswith("/graph/") or "view=graph" in self.address


_OPTIMISM = "/id/failure-cause/overly-optimistic-expectations"
_DIAGNOSIS = (
    "1.eNqLjlbyys_MS03RLS1QSE4sSlXSUQKhWJ1qJQMlKyXniCy_DN0Ck5QcoKgRUKAkxyMnV6k2FgDgXRBO"  # two levels, one cause
)

SITE = (
    SitePage("home", "/"),
    SitePage("cause", "/id/failure-cause/dispersed-governance"),
    SitePage("cause-filtered", f"{_OPTIMISM}?stance=cautions&stance=gap&from=2010"),
    SitePage("cause-nothing-fits", f"{_OPTIMISM}?stance=disputes"),
    SitePage("cause-unusable", f"{_OPTIMISM}?stance=no-such&from=20x7", status=422),
    SitePage("cause-nearby", f"{_OPTIMISM}?nearby=shown"),
    SitePage("tactic", "/id/tactic/collaborative-design-forums"),
    SitePage("tactic-used", "/id/tactic/feedback-from-all-users"),
    SitePage("source", "/id/source/hudson-2019"),
    SitePage("claim", "/id/claim/table2-tracking-dispersed-governance-6e80e0a2"),
    SitePage("framework", "/id/scheme/matland-type"),
    SitePage("phase", "/id/support-phase/tracking"),
    SitePage("policy", "/id/policy/care-act-2014"),
    SitePage("outcome", "/id/outcome/policy-failure"),
    SitePage("notion", "/id/notion/street-level-discretion"),
    SitePage("tactics", "/tactics"),
    SitePage("sources", "/sources"),
    SitePage("frameworks", "/frameworks"),
    SitePage("outcomes", "/outcomes"),
    SitePage("gaps", "/gaps"),
    SitePage("worklist", "/worklist"),
    SitePage("search", "/search?q=targets"),
    SitePage("search-nothing", "/search?q=zzzz"),
    SitePage("search-empty", "/search"),
    SitePage("search-kind", "/search?q=policy&kind=claim&part=2"),
    SitePage("search-refused", "/search?q=policy&kind=nonsense", status=422),
    SitePage("path-empty", "/path"),
    SitePage("path", "/path?from=dispersed-governance&to=policy-drift"),
    SitePage("path-none", "/path?from=performance-management&to=troubled-families&length=1"),
    SitePage("path-graph", "/path?from=dispersed-governance&to=policy-drift&view=graph"),
    SitePage("path-none", "/path?from=body-type/delivery-unit&to=policy-drift&length=1"),
    SitePage("path-unclear", "/path?from=delivery&to=policy-drift&by=tactic", status=422),
    SitePage("map", "/map"),
    SitePage("map-tactics", "/map?rows=causes&columns=tactics"),
    SitePage("map-sources", "/map?rows=sources&columns=causes"),
    SitePage("map-cell", "/map/cell?rows=causes&columns=phases&row=dispersed-governance&column=support"),
    SitePage("coverage", "/coverage"),
    SitePage("compare", "/compare?thing=tactic/intermediary-bodies&thing=tactic/collaborative-design-forums"),
    SitePage("compare-sources", "/compare?thing=gold-2017&thing=gold-2014&thing=hudson-2019&thing=ilott-2016"),
    SitePage("compare-empty", "/compare"),
    SitePage("compare-problem", "/compare?thing=gold-2017&thing=gold-2071", status=422),
    SitePage("what-if", "/what-if?without=gold-2017"),
    SitePage("what-if-empty", "/what-if"),
    SitePage("what-if-nothing", "/what-if?without=sas-2015"),
    SitePage("diagnose", "/diagnose"),
    SitePage("diagnose-causes", "/diagnose/causes?policy=care-act-2014"),
    SitePage("diagnose-type", "/diagnose/type"),
    SitePage("diagnose-tactics", f"/diagnose/tactics?d={_DIAGNOSIS}"),
    SitePage("diagnose-questions", "/diagnose/questions"),
    SitePage("diagnose-result", f"/diagnose/result?d={_DIAGNOSIS}"),
    SitePage("diagnose-brief", f"/diagnose/brief?d={_DIAGNOSIS}"),
    SitePage("diagnose-broken", "/diagnose/result?d=1.abc", status=422),
    SitePage("body", "/id/body/care-inspectorate"),
    SitePage("person", "/id/person/adam-lang"),
    SitePage("history", "/history/policy/care-act-2014"),
    SitePage("policies", "/policies"),
    SitePage("policies-chosen", "/policies?kind=act&sort=claims"),
    SitePage("notions-nothing", "/notions?q=zzzz"),
    SitePage("people", "/people"),
    SitePage("policy-with-outcomes", "/id/policy/troubled-families"),
    SitePage("source-not-read", "/id/source/gold-2017"),
    SitePage("process", "/id/scheme/deep-dive-step"),
    SitePage("about", "/about"),
    SitePage("about-evidence", "/about/evidence"),
    SitePage("about-reading", "/about/reading"),
    SitePage("about-words", "/about/words"),
    SitePage("about-changes", "/about/changes"),
    SitePage("releases", "/releases"),
    SitePage("revisions", "/revisions"),
    SitePage("revision", "/revision/1"),
    SitePage("compare-revisions", "/compare/revisions"),
    SitePage("thing-at-revision", "/history/policy/care-act-2014?at=1"),
    SitePage("missing", "/id/tactic/no-such", status=404),
    SitePage("graph", "/graph/failure-cause/overly-optimistic-expectations"),
    SitePage("around", "/graph/outcome/policy-failure?unfold=failure-cause/dispersed-governance"),
    SitePage("graph-crowd", "/graph/source/hudson-2019"),
    SitePage("reference", "/ns", expert=True),
    SitePage("dataset", "/dataset", expert=True),
    SitePage("dumps", "/dumps/", expert=True),
    SitePage("data", "/data", expert=True),
    SitePage("api", "/api", expert=True),
    SitePage("query", "/sparql", expert=True),
    SitePage("query-examples", "/sparql/examples", expert=True),
)
