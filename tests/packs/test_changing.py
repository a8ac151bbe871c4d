"""Packs in, off, on, counted and out; what does not fit is told by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DoesNotConform, NotFound, PackConflict
from kg.namespaces import gap, thing
from kg.packs import Plan, add, added, as_pack, count, record, remove, switch_off, switch_on, things_of, update
from kg.queries import added_packs, pack_things, packs
from kg.store import (
    META_GRAPH,
    Change,
    Engine,
    Journal,
    Literal,
    NamedNode,
    Patch,
    Quad,
    pack_graph,
    place,
    refuse_misplaced,
    refuse_torn,
)
from tests.packs.packs_support import ME, after, changed, example, files, plain
from tests.packs.packs_support import pack_of_files as of_files

PACK = thing("pack", "crosswalk")
GRAPH = pack_graph(PACK)


@pytest.fixture(scope="module")
def with_pack() -> Engine:
    return after(plain(), add(plain(), example(), ME))


def refusal(plan: object, *words: object, **more: object) -> str:
    with pytest.raises(PackConflict) as refused:
        plan(*words, **more)  # type: ignore[operator]
    return str(refused.value)


def test_its_things_stand_in_a_graph_of_their_own(with_pack: Engine) -> None:
    subjects = {q.subject.value for q in with_pack.quads(graph=GRAPH)}  # type: ignore[union-attr]
    assert subjects == example().things
    others = {q.subject.value for q in with_pack.quads() if q.graph_name != GRAPH}  # type: ignore[union-attr]
    assert subjects.isdisjoint(others)


def test_the_plan_is_one_that_the_writer_takes() -> None:
    plan = add(plain(), example(), ME)
    both(plain(), plan.change)


def test_each_claim_stands_as_mapped_and_keeps_what_the_pack_said(with_pack: Engine) -> None:
    claim = NamedNode(thing("claim", "crosswalk-two-way-governance"))
    told = {q.predicate.value: q.object for q in with_pack.quads(subject=claim)}
    assert told[gap("linkBasis")] == NamedNode(thing("link-basis", "pack-mapping"))
    assert told[gap("basisInPack")] == NamedNode(thing("link-basis", "as-stated"))


def test_where_it_was_chosen_the_claims_stand_as_they_say(with_pack: Engine) -> None:
    counted = after(with_pack, count(with_pack, "crosswalk", ME, counts=True))
    claim = NamedNode(thing("claim", "crosswalk-two-way-governance"))
    told = {q.predicate.value: q.object for q in counted.quads(subject=claim)}
    assert told[gap("linkBasis")] == NamedNode(thing("link-basis", "as-stated"))
    assert [row.counts for row in added_packs(counted)] == ["true"]
    again = after(counted, count(counted, "crosswalk", ME, counts=False))
    assert set(again.quads()) == set(with_pack.quads())


def test_what_stands_in_the_base_is_what_the_files_said(with_pack: Engine) -> None:
    found = as_pack(things_of(with_pack, PACK), record(with_pack, PACK))
    assert set(found.statements) == set(example().statements)
    assert set(found.description) == set(example().description)


def test_off_takes_all_of_it_out_and_on_brings_it_back(with_pack: Engine, tmp_path: Path) -> None:
    plan = switch_off(with_pack, "crosswalk", ME)
    journal = kept_in(tmp_path, plan)
    off = after(with_pack, plan)
    assert not list(off.quads(graph=GRAPH))
    assert PACK not in {row.pack for row in packs(off)}
    assert added(off, "crosswalk").off == thing("revision", str(off.revision))
    on = after(off, switch_on(off, journal, "crosswalk", ME))
    assert set(on.quads()) == set(with_pack.quads())


def kept_in(folder: Path, plan: Plan) -> Journal:
    """A journal that holds what a plan did, and something for each revision before."""
    journal = Journal(folder)
    for number in range(1, plan.change.base + 1):
        journal.append(Patch(number, (), ()))
    journal.append(Patch(plan.change.base + 1, tuple(plan.change.removed), tuple(plan.change.added)))
    return journal


def test_removed_it_leaves_nothing(with_pack: Engine) -> None:
    assert set(after(with_pack, remove(with_pack, "crosswalk", ME)).quads()) == set(plain().quads())


def test_an_update_changes_what_differs_alone(with_pack: Engine) -> None:
    files_now = files() | {"pack.ttl": files()["pack.ttl"].replace(b'"1.0.0"', b'"1.0.1"')}
    del files_now["claims/crosswalk-roles-caution.ttl"]
    plan = update(with_pack, of_files(files_now, "example"), ME)
    assert set(plan.changes.removed) == {
        thing(kind, "crosswalk-roles-caution") for kind in ("claim", "passage", "selector")
    }
    assert plan.changes.changed == (PACK,)
    assert not plan.changes.added


def test_the_same_files_again_change_nothing(with_pack: Engine) -> None:
    assert not update(with_pack, example(), ME).differs


@pytest.mark.parametrize("version", ["0.9.0", "1.0.0"])
def test_other_files_without_a_later_version_are_refused_unless_forced(with_pack: Engine, version: str) -> None:
    older = changed("pack.ttl", '"1.0.0"', f'"{version}"')
    older = changed("sources/crosswalk-example.ttl", "Nobody", "Somebody") if version == "1.0.0" else older
    assert "Raise its version" in refusal(update, with_pack, older, ME)
    assert update(with_pack, older, ME, force=True).differs


def test_a_thing_of_the_base_may_not_be_described_anew() -> None:
    more = f'<{thing("tactic", "action-research")}> <{gap("gist")}> "x"@en .'.encode()
    told = refusal(add, plain(), of_files(files() | {"notions/x.ttl": more}, "example"), ME)
    assert "tactic/action-research is described in the base itself" in told
    assert "addresses of their own" in told


def test_a_thing_of_another_pack_may_not_be_described_anew(with_pack: Engine) -> None:
    described = {path: data.replace(b"pack:crosswalk", b"pack:other") for path, data in files().items()}
    told = refusal(add, with_pack, of_files(described, "example"), ME)
    assert "agent/crosswalk-checker is described in the pack “crosswalk”" in told


def test_a_pack_is_added_once(with_pack: Engine) -> None:
    assert "gapbridge pack update" in refusal(add, with_pack, example(), ME)


def test_what_it_requires_must_be_there() -> None:
    lonely = changed("pack.ttl", "pack:common", "pack:not-here")
    assert "needs these first, added and on: not-here" in refusal(add, plain(), lonely, ME)


@pytest.mark.parametrize("version", ["0.2.0", "1.0.0"])
def test_a_newer_ontology_is_told(version: str) -> None:
    assert f"version {version} of the ontology" in refusal(
        add, plain(), changed("pack.ttl", "ns/0.1.0", f"ns/{version}"), ME
    )


def test_what_another_pack_needs_stays(with_pack: Engine) -> None:
    both = after(with_pack, add(with_pack, leaning(requires=False), ME))
    told = refusal(switch_off, both, "crosswalk", ME)
    assert "claim/lean in the pack “leaning” refers to crosswalk-strategy/clear-roles" in told
    required = after(with_pack, add(with_pack, leaning(requires=True), ME))
    assert "is needed by: leaning" in refusal(remove, required, "crosswalk", ME)


def leaning(*, requires: bool) -> object:
    """A pack with one claim about a thing of the worked example."""
    described = files()["pack.ttl"].replace(b"pack:crosswalk\n", b"pack:leaning\n")
    described = described.replace(b"source:crosswalk-example", b"source:hudson-2019")
    described = described.replace(b"agent:crosswalk-maker", b"agent:gapbridge")
    if requires:
        described = described.replace(b"pack:common", b"pack:crosswalk")
    claim = files()["claims/crosswalk-roles-caution.ttl"].replace(b":crosswalk-roles-caution", b":lean")
    claim = claim.replace(b"source:crosswalk-example", b"source:hudson-2019").replace(
        b"agent:crosswalk-m", b"agent:first-r"
    )
    return of_files({"pack.ttl": described, "claims/lean.ttl": claim}, "leaning")


def test_a_pack_of_the_base_itself_cannot_be_switched(with_pack: Engine) -> None:
    assert "part of the base itself" in refusal(switch_off, with_pack, "hudson-2019", ME)


def test_an_unknown_pack_is_told() -> None:
    with pytest.raises(NotFound, match="nothing called “pack nowhere”"):
        added(plain(), "nowhere")


def test_how_much_it_brings_is_counted(with_pack: Engine) -> None:
    told = {row.cls: row.things for row in pack_things(with_pack, [PACK])}
    assert told[gap("Claim")] == 5
    assert told[gap("Tactic")] == 3


def refused(reader: Engine, change: Change) -> str:
    with pytest.raises(DoesNotConform) as found:
        both(reader, change)
    return str(found.value)


def both(reader: Engine, change: Change) -> None:
    """What the writer holds against a change before all else."""
    refuse_misplaced(change)
    refuse_torn(reader, change)


@pytest.mark.parametrize("graph", [GRAPH, None])
def test_other_changes_leave_things_of_a_pack_alone(with_pack: Engine, graph: NamedNode | None) -> None:
    label = (NamedNode(thing("source", "crosswalk-example")), NamedNode(gap("shortLabel")), Literal("Mine"))
    quad = Quad(*label, graph) if graph else place(label)
    assert "gapbridge pack update" in refused(with_pack, Change(with_pack.revision, frozenset([quad])))


def test_other_changes_leave_the_record_of_a_pack_alone(with_pack: Engine) -> None:
    counts = Quad(NamedNode(PACK), NamedNode(gap("countsAsRead")), Literal(True), META_GRAPH)
    assert "written with it" in refused(with_pack, Change(with_pack.revision, frozenset([counts])))


def test_a_pack_may_not_write_into_another_ones_graph(with_pack: Engine) -> None:
    quad = Quad(NamedNode(thing("source", "x")), NamedNode(gap("shortLabel")), Literal("x"), GRAPH)
    assert "This came with the pack “crosswalk”" in refused(
        with_pack, Change(with_pack.revision, frozenset([quad]), pack=thing("pack", "o"))
    )
