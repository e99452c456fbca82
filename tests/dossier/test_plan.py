"""The plan: for the examples what an applicant must read in it, and what holds for everybody on every day."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sojourn.decide.body import load_law
from sojourn.decide.profile import profile_from, read_profile
from sojourn.dossier.applies import Answer, NoProcedureError
from sojourn.dossier.plan import plan
from sojourn.dossier.procedure_cases import differences, faults
from sojourn.values.known import Exact
from sojourn.values.verdict import Result
from tests.people import person

LAW = load_law()
EXAMPLES = Path(__file__).parents[2] / "examples"
CARD, MEANS = "be-vlg-professional-card", "be-own-means"
PLANNED = [p.id for p in LAW.pathways.values() if p.procedure]
FILED = st.dates(date(2022, 1, 1), date(2028, 12, 31))
SEEDS = st.integers(0, 10_000)


def facts_of(example):
    return read_profile(LAW, EXAMPLES / f"{example}.yaml").facts


def planned(example, pathway, filed, **changed):
    facts = facts_of(example) | profile_from(LAW, {k.replace("__", "."): v for k, v in changed.items()}).facts
    return plan(LAW, pathway, facts, filed, filed)


def way(found):
    return {m.line.id if m.kind != "file" else f"file {m.stage}": m for m in found.timeline if m.line}


# --- the designer, the pensioner, the visitor ----------------------------------------------------------------------


def test_the_designer_from_the_fee_to_nationality():
    found = planned("ghent-designer", CARD, date(2026, 12, 1))
    assert found.filing.best("card").place.id == "online"
    assert found.filing.best("card").channel.entry.id == "online"
    (race,) = found.races
    assert (race.state, race.reached, race.ends) == ("holds", date(2027, 3, 31), date(2028, 6, 30))
    ahead = way(found)
    assert ahead["card-application"].day == ahead["file card"].day == date(2026, 12, 1)
    assert (ahead["decision"].day, ahead["decision"].assumes) == (date(2027, 3, 31), ("starts-with-filing",))
    assert ahead["renewal"].day == date(2030, 1, 29)
    assert "valid-for-most-years" in ahead["renewal"].assumes
    assert ahead["nationality"].day == date(2028, 9, 1)
    assert ahead["nationality"].bound == "not-before"
    assert [m.kind for m in found.timeline][:2] == ["pay", "file"]


def test_the_fee_that_falls_into_a_year_without_a_tariff():
    found = planned("ghent-designer", CARD, date(2026, 12, 1))
    assert found.fees.fee("stay-contribution").worth.low == 24200
    assert found.later("stay-contribution").worth.low is None, "2027 is not published"
    assert found.later("stay-contribution").last_known.low == 24200
    assert found.later("card-delivery") is None, "the same on both days"
    assert found.later("card-application") is None, "paid on the filing day"


def test_the_extract_at_hand_serves_the_card_and_may_be_too_old_for_the_stay():
    found = planned("ghent-designer", CARD, date(2026, 12, 1))
    extracts = {e.requirement.stage: f for e in found.errands for f in e.fetches if f.paper.document.issued}
    assert (extracts["card"].held, extracts["card"].held_until) == (date(2026, 9, 20), date(2027, 3, 20))
    assert not extracts["card"].too_old
    assert extracts["stay-in-belgium"].in_hand_by is None
    assert extracts["stay-in-belgium"].oldest_if_late == date(2026, 10, 1)
    late = planned("ghent-designer", CARD, date(2027, 3, 21))
    assert next(f for e in late.errands for f in e.fetches if f.held).too_old


def test_what_takes_most_steps_is_fetched_first():
    found = planned("boston-pensioner", MEANS, date(2026, 12, 1))
    first = found.errands[0].fetches[0]
    assert (first.paper.document.id, first.tasks) == ("criminal-record-extract", ("issue", "seal", "translate"))
    assert [e.requirement.stage for e in found.errands] == sorted(
        (e.requirement.stage for e in found.errands), key=["visa-d", "registration"].index
    )
    same = [e.requirement for e in found.errands]
    assert sorted(map(id, same)) == sorted(map(id, found.matrix.requirements)), "every requirement once"


def test_the_latest_day_to_ask_where_the_issuer_needs_time(monkeypatch):
    procedure = LAW.pathways[CARD].procedure
    slow = tuple(replace(d, lead_days=30) if (d.stage, d.id) == ("card", "diploma") else d for d in procedure.evidence)
    monkeypatch.setitem(LAW.pathways, CARD, replace(LAW.pathways[CARD], procedure=replace(procedure, evidence=slow)))
    for today, late in ((date(2026, 11, 1), False), (date(2026, 11, 2), True)):
        found = plan(LAW, CARD, facts_of("ghent-designer"), date(2026, 12, 1), today)
        diploma = next(f for e in found.errands for f in e.fetches if f.paper.document.id == "diploma")
        assert (diploma.request_by, diploma.late) == (date(2026, 11, 1), late)


def test_the_pensioner_has_no_date_where_the_law_sets_none():
    found = planned("boston-pensioner", MEANS, date(2026, 12, 1))
    assert found.decision is None
    ahead = way(found)
    assert (ahead["visa-decision"].day, ahead["visa-decision"].bound) == (None, "unknown")
    assert ahead["registration"].limit.id == "commune-registration-8-working-days"
    assert ahead["nationality-without-work"].day == date(2036, 12, 1)
    assert ahead["nationality"].missing == ("residence.lawful_since",)
    assert found.fees.fee("visa-contribution").pay_by == date(2026, 12, 1)


def test_the_visitor_is_warned_and_sent_to_the_post():
    found = planned("toronto-visitor", CARD, date(2026, 4, 15))
    assert found.filing.finding.result is Result.OPEN, "the decree covers it"
    failing = {r.race.id: r for r in found.may_fail}
    short = failing["short-stay-outlasts-decision"]
    assert (short.reached, short.ends, short.file_by) == (date(2026, 8, 13), date(2026, 6, 29), None)
    assert {w.kind for w, _ in found.filing.warnings if w.id == "short-stay-disputed"} == {"disputed"}
    (route,) = found.routes
    assert route.works
    assert route.place.place.id == "post"
    assert [s.id for s, _ in route.plan.filing.stages] == ["card", "visa-d", "registration"]
    assert {"card-application-at-post", "visa-contribution", "visa-handling"} <= {
        x.fee.id for x in route.plan.fees.due if x.status is Answer.YES
    }
    assert route.plan.routes == ()
    assert any(w.id == "visa-free-visits" for w, _ in route.plan.filing.warnings)


def test_no_route_works_for_whom_the_card_is_closed():
    found = planned("toronto-visitor", CARD, date(2026, 4, 15), person__qualification="below-level-4")
    (route,) = found.routes
    assert not route.works


def test_an_unknown_pathway_and_one_without_a_procedure(monkeypatch):
    with pytest.raises(KeyError):
        plan(LAW, "be-moon", {}, date(2026, 12, 1), date(2026, 12, 1))
    monkeypatch.setitem(LAW.pathways, CARD, replace(LAW.pathways[CARD], procedure=None))
    with pytest.raises(NoProcedureError):
        plan(LAW, CARD, {}, date(2026, 12, 1), date(2026, 12, 1))


def test_a_filing_day_beyond_the_calendar_gives_no_day_and_no_error():
    found = planned("ghent-designer", CARD, date(2099, 12, 30))
    assert found.decision is None


# --- wrong law -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expect", "word"),
    [
        ({"races": {"document-outlasts-decision": {"state": "may-fail"}}}, "expects may-fail"),
        ({"races": {"passport-twelve-months": {"state": "holds"}}}, "not run"),
        ({"no_races": ["document-outlasts-decision"]}, "gives run"),
        ({"routes": {"post": "works"}}, "routes"),
        ({"way": {"decision": date(2027, 4, 1)}}, "2027-03-31"),
        ({"way": {"landing": date(2027, 4, 1)}}, "none"),
        ({"later_fees": {"stay-contribution": "same"}}, "unknown, last 242.00 EUR"),
        ({"weighs": []}, "added-value"),
    ],
)
def test_a_wrong_case_about_the_plan_is_found(expect, word):
    right = next(c for c in LAW.pathways[CARD].procedure.cases if c.name.startswith("Designer"))
    (fault,) = differences(LAW, CARD, replace(right, expect=expect))
    assert word in fault.what


@pytest.mark.parametrize("as_if", [(("residence.planet", "absent"),), (("residence.document", "card-zz"),)])
def test_a_race_that_sends_nobody_anywhere_is_found(monkeypatch, as_if):
    procedure = LAW.pathways[CARD].procedure
    races = tuple(replace(r, as_if=as_if) for r in procedure.races[:1])
    monkeypatch.setitem(LAW.pathways, CARD, replace(LAW.pathways[CARD], procedure=replace(procedure, races=races)))
    assert [f.kind for f in faults(LAW)] == ["bad-as-if"]


# --- for everybody, on every day -----------------------------------------------------------------------------------


def somebody(seed):
    rng = random.Random(seed)
    facts = person(LAW, rng)
    for id, low in (("residence.schengen_since", -200), ("person.passport_valid_until", 0)):
        facts[id] = Exact(date(2026, 1, 1).toordinal() + rng.randint(low, 800))
    return facts, rng


def sure(found):
    return {(e.requirement.stage, f.paper.document.id) for e in found.errands for f in e.fetches
            if f.paper.applies.answer is Answer.YES}  # fmt: skip


def asked(found):
    return {(e.requirement.stage, f.paper.document.id) for e in found.errands for f in e.fetches}


@given(SEEDS, FILED, st.sampled_from(PLANNED))
@settings(max_examples=60)
def test_who_tells_more_never_loses_a_paper_nor_a_warning_clock(seed, filed, pathway):
    facts, rng = somebody(seed)
    less = {id: known for id, known in facts.items() if rng.random() < 0.6}
    small, whole = plan(LAW, pathway, less, filed, filed), plan(LAW, pathway, facts, filed, filed)
    assert sure(small) <= sure(whole)
    assert asked(whole) <= asked(small)
    assert {r.race.id for r in small.may_fail} <= {r.race.id for r in whole.may_fail}
    due = {x.fee.id for x in small.fees.due if x.applies.answer is Answer.YES}
    assert due <= {x.fee.id for x in whole.fees.due if x.applies.answer is Answer.YES}
    assert set(small.missing).isdisjoint(less)


@given(SEEDS, FILED, st.sampled_from(PLANNED))
@settings(max_examples=60)
def test_the_days_of_a_plan_agree_with_each_other(seed, filed, pathway):
    facts, _ = somebody(seed)
    found = plan(LAW, pathway, facts, filed, filed)
    for c in [m.computation for m in found.timeline] + [r.computation for r in found.clocks]:
        if c is None or c.safe_day is None:
            continue
        last = [r.last_day for r in c.readings if r.reading.moves_safe_day]
        if c.limit.kind in ("decide", "wait"):
            assert c.safe_day == max(last)
        else:
            assert c.safe_day <= min(last)
    order = [m.opens or m.day for m in found.timeline if m.opens or m.day]
    assert order == sorted(order)
    for m in found.timeline:
        assert (m.day is None) == (m.bound == "unknown")
        assert m.opens is None or m.opens <= m.day
        if m.kind in ("file", "pay", "decide") and m.day:
            assert m.day >= filed
    assert found == plan(LAW, pathway, facts, filed, filed)


@given(SEEDS, FILED, st.integers(-90, 500))
@settings(max_examples=80)
def test_a_race_holds_exactly_until_the_day_it_names(seed, filed, lasts):
    facts, _ = somebody(seed)
    facts = facts | profile_from(
        LAW, {"residence.country": "BE", "residence.document": "card-a", "activity.region": "VLG",
              "residence.document_valid_until": filed + timedelta(lasts)}
    ).facts  # fmt: skip

    def race(day):
        found = plan(LAW, CARD, facts, day, filed - timedelta(60))
        return next(r for r in found.races if r.race.id == "document-outlasts-decision")

    run = race(filed)
    assert run.state == ("holds" if run.reached <= run.ends else "may-fail")
    if run.started_by:
        assert run.started_by + timedelta(120) == run.ends
    if run.file_by:
        assert race(run.file_by).state == "holds"
        assert race(run.file_by + timedelta(1)).state == "may-fail"


@pytest.mark.parametrize("seed", range(12))
def test_nothing_known_plans_too(seed):
    rng = random.Random(seed)
    facts, _ = somebody(seed)
    for pathway in PLANNED:
        some = {id: facts[id] for id in rng.sample(sorted(facts), seed)}
        found = plan(LAW, pathway, some, date(2026, 12, 1), date(2026, 11, 22))
        assert {m.stage for m in found.timeline if m.kind == "file"} <= {s.id for s, _ in found.filing.stages}
