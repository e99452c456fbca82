# ruff: noqa: E501  tables: one row a change
"""Every day since 2022: decided on the law of that day, or said to have no rule that we know.

Tried on the first of every month, and on both sides of each day on which a line of law or an amount of a pathway
changes. A line that ends must name what took its place, one that begins what held before: else the law would have a
hole that no answer shows.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from sojourn.decide.assess import Engine, engine
from sojourn.decide.body import load_law
from sojourn.decide.profile import profile_from
from sojourn.decide.report import days_known
from sojourn.decide.variables import Facts
from sojourn.law.amounts import change_days
from sojourn.law.model import Amount, Entry, Law, OfAmount, Pathway, Reaches, walk
from sojourn.values.known import Exact
from sojourn.values.period import Period
from sojourn.values.verdict import Because, Result, Verdict

LAW = load_law()
ENGINE = engine(LAW)
FIRST = date(2022, 1, 1)
DAY = timedelta(1)
MONTHS = [date(y, m, 1) for y in range(FIRST.year, LAW.read_until.year + 1) for m in range(1, 13)]
MONTHS = [day for day in MONTHS if day <= LAW.read_until]
PATHWAYS = list(LAW.pathways.values())
NEVER = 10**14
"""Cents that nobody has."""


def by_id(pathways: list[Pathway]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("pathway", pathways, ids=lambda p: p.id)


@cache
def profiles(pathway: str) -> tuple[Facts, ...]:
    """Return people of the worked cases: the first ones, and some from all over the file."""
    cases = LAW.pathways[pathway].cases
    chosen = [*cases[:3], *cases[3 :: max(1, len(cases) // 9)]]
    return tuple(profile_from(LAW, c.facts, c.on).facts for c in chosen)


def amounts_in(entry: Entry) -> set[str]:
    """Return the amounts that a line compares with or shows, and those that they are computed from."""
    found = {
        t.threshold.amount for t in walk(entry.test) if isinstance(t, Reaches) and isinstance(t.threshold, OfAmount)
    }
    found |= {entry.amount} if entry.amount else set()
    while below := {n for id in found for term in LAW.amounts[id].terms for n in term.amounts} - found:
        found |= below
    return found


@cache
def changes(pathway: str) -> tuple[date, ...]:
    """Return the days in our time on which a line or an amount of the pathway changes, and the eve of each."""
    p = LAW.pathways[pathway]
    days = {p.in_force.first, p.in_force.until}
    for e in p.entries:
        days |= {e.period.first, e.period.until, e.seen}
        days |= {d for id in amounts_in(e) for d in change_days(LAW.amounts, id)}
    known = {d for d in days if d}
    return tuple(sorted(d for d in known | {d - DAY for d in known} if FIRST <= d <= LAW.read_until))


# --- the lines and amounts of the day --------------------------------------------------------------------------------


@by_id(PATHWAYS)
def test_every_day_is_judged_by_exactly_its_own_lines_or_has_no_rule(pathway: Pathway) -> None:
    for day in sorted({*MONTHS, *changes(pathway.id)}):
        own = Counter(e.id for e in pathway.entries if day in e.period and e.part != "anchor")
        assert set(own.values()) <= {1}, (day, "two versions of a line on one day")
        for facts in profiles(pathway.id):
            found = ENGINE.find(pathway, facts, day)
            if day not in pathway.in_force:
                assert found.no_rule, day
                assert found.result is Result.UNDETERMINED
                assert found.reasons == ()
                known = days_known(found)
                assert not (known["from"] or "0000") <= day.isoformat() < (known["until"] or "9999"), (
                    day,
                    "a day known",
                )
                continue
            assert not found.no_rule, (day, "a pathway in force without a rule")
            assert Counter(r.entry.id for r in found.reasons) == own, day
            for r in found.reasons:
                assert day in r.entry.cite_on(day).period, (day, r.entry.id, "the source of another day")
                assert r.entry.cite_on(day).source in LAW.sources
                if r.entry.seen and day < r.entry.seen:
                    assert r.because is Because.NO_RULE_KNOWN, (day, r.entry.id, "judged before it was seen")
            for standing in found.anchors:
                assert day in standing.entry.period
                assert standing.low is not None or standing.stands in ("unknown", "no_rule_known")
                assert standing.low is None or standing.stands != "no_rule_known"


def test_some_pathways_are_younger_than_that():
    """Else the branch without a rule would not be tried."""
    assert any(MONTHS[0] not in p.in_force for p in PATHWAYS)


@by_id(PATHWAYS)
def test_the_result_is_that_of_the_law_of_the_day_alone(pathway: Pathway) -> None:
    """The exact form is made once for a stretch of time; made for this one day, it must say the same."""
    for day in changes(pathway.id):
        if day not in pathway.in_force:
            continue
        alone = replace(pathway, in_force=Period(day, day + DAY))
        fresh = Engine(replace(LAW, pathways={**LAW.pathways, pathway.id: alone}, compiled={}))
        for facts in profiles(pathway.id):
            assert ENGINE.result(pathway, facts, day) is fresh.result(alone, facts, day), day
            assert ENGINE.find(pathway, facts, day).result is fresh.result(alone, facts, day), day


def naive(id: str, day: date) -> tuple[int, int] | None:
    """Return the row of a published amount on a day, looked up without the code under test."""
    rows = [r for r in LAW.amounts[id].rows if r.first <= day and (r.until is None or day < r.until)]
    assert len(rows) <= 1, (id, day, "two rows on one day")
    return None if not rows or rows[0].low is None or rows[0].high is None else (rows[0].low, rows[0].high)


@pytest.mark.parametrize("id", [id for id, a in LAW.amounts.items() if a.rows])
def test_an_amount_is_worth_the_row_of_its_day_or_is_unknown(id: str) -> None:
    steps = {d for d in change_days(LAW.amounts, id) for d in (d - DAY, d) if d >= FIRST}
    for day in sorted({*MONTHS, *steps}):
        found = ENGINE.day(day).worth(id)
        row = naive(id, day)
        assert (found.low, found.high) == (row or (None, None)), day


# --- an amount without a row ---------------------------------------------------------------------------------------------


def compared(e: Entry) -> set[str]:
    return {t.threshold.amount for t in walk(e.test) if isinstance(t, Reaches) and isinstance(t.threshold, OfAmount)}


def with_amounts(day: date, cents: int | None) -> Law:
    """Return the law in which every row of that day has gone (None), or is so many cents; all other rows stay."""

    def of(a: Amount) -> Amount:
        if not a.rows:
            return a
        of_the_day = [r for r in a.rows if r.first <= day and (r.until is None or day < r.until)]
        if cents is None:
            left = tuple(r for r in a.rows if r not in of_the_day)
            return replace(a, rows=left or tuple(replace(r, low=None, high=None, unknown="gone") for r in a.rows))
        return replace(a, rows=tuple(replace(r, low=cents, high=cents) if r in of_the_day else r for r in a.rows))

    return replace(LAW, amounts={id: of(a) for id, a in LAW.amounts.items()}, compiled={})


def settled(word: Verdict) -> bool:
    return word is not Verdict.UNDETERMINED


@cache
def without_rows(day: date) -> tuple[Engine, Engine, Engine]:
    return Engine(with_amounts(day, None)), Engine(with_amounts(day, 0)), Engine(with_amounts(day, NEVER))


@pytest.mark.parametrize(
    ("pathway", "day"),
    [
        pytest.param(p, day, id=f"{p.id}-{day}")
        for day in (date(2023, 5, 2), LAW.read_until)
        for p in PATHWAYS
        if day in p.in_force and any(compared(e) for e in p.entries)
    ],
)
def test_a_line_whose_amount_has_no_row_that_day_knows_no_rule(pathway: Pathway, day: date) -> None:
    """It falls back on no other row: what it says without the amount it says whatever the amount is."""
    lost, least, most = without_rows(day)
    known = 0
    for facts in profiles(pathway.id):
        found, low, high = (x.find(pathway, facts, day) for x in (lost, least, most))
        for r in found.reasons:
            if not compared(r.entry):
                continue
            a, b = low.reason(r.entry.id), high.reason(r.entry.id)
            if settled(r.verdict):
                assert r.verdict is a.verdict is b.verdict, r.entry.id
            elif settled(a.verdict) and settled(b.verdict):
                assert r.because in (Because.NO_RULE_KNOWN, Because.SECONDARY), (r.entry.id, r.because)
                known += r.because is Because.NO_RULE_KNOWN
        assert all(x.stands in ("no_rule_known", "unknown") for x in found.anchors)
        assert found.result in (low.result, high.result, Result.UNDETERMINED, Result.CONTESTED)
    alone = [
        e for e in pathway.entries if isinstance(e.test, Reaches) and compared(e) and day in e.period and not e.seen
    ]
    for e in alone:
        assert isinstance(e.test, Reaches)
        facts = {e.test.fact: Exact(2_000_00), **{n: Exact(1) for id in compared(e) for n in LAW.amounts[id].facts}}
        assert lost.find(pathway, facts, day).reason(e.id).because is Because.NO_RULE_KNOWN
        known += 1


def test_rows_that_went_leave_some_lines_without_a_rule() -> None:
    """Else the test above would not try what it says."""
    day = LAW.read_until
    lost, *_ = without_rows(day)
    found = [
        r.entry.id for p in PATHWAYS if day in p.in_force for facts in profiles(p.id)
        for r in lost.find(p, facts, day).reasons if r.because is Because.NO_RULE_KNOWN and compared(r.entry)
    ]  # fmt: skip
    assert len(found) > 20


# --- no hole in time ---------------------------------------------------------------------------------------------------

SUCCEEDED = {  # a line that ends in our time, and what takes its place on the same day; `x-until-2024` gives way to `x`
    "contract-of-a-year": "contract-of-six-months",
    "diploma": "diploma-of-the-job completed",
    "diploma-of-three-years": "degree-or-experience",
    "enterprise-counter": "online",
    "means-old": "means-transition",
    "pay": "pay-a-month",
    "pay-in-brussels-by-the-year": "pay-in-brussels",
    "pay-in-full": "pay",
    "place-in-brussels": "seat-or-main-part-in-brussels",
    "regulated-profession": "regulated-profession-practice",
    "subsidiary-protection-from-the-first-day": "subsidiary-protection-suspended",
    "subsidiary-protection-wait": "subsidiary-protection-suspended",
    "usefulness": "contribution added-value",
    "usefulness-realised": "success",
}
UNTIL = re.compile(r"-(until|before|in)-\d{4}(-\d\d)?$")
ENDED = {  # a line that ends without another in its place, and why
    ("management-knowledge", "2024-01-15"): "Brussels abolished it (PC-BR-6)",
    ("management-knowledge", "2025-10-01"): "Wallonia abolished it (PC-WA-4)",
    ("lawful-stay-until-2024", "2024-10-01"): "the ordinance does not ask a lawful stay for the appeal",
}
BEGAN = {  # a line that begins without another before it, and why
    ("temporary-protection", "2022-08-20"): "royal decree of 30 July 2022 (E21)",
    ("not-begun", "2024-10-01"): "new in the ordinance (PC-OBL-6)",
    ("half-the-turnover", "2024-10-01"): "new with the ordinance (PC-BR-4)",
    ("half-the-investment", "2024-10-01"): "new with the ordinance (PC-BR-4)",
    ("senior-manager", "2024-10-01"): "the exemption of the order of 2024; before, managers had an amount of their own",
    ("student-insurance", "2024-09-01"): "new in the text of 2024-09-01",
    ("partners-21-under-the-reform", "2025-08-18"): "reform of family reunification",
    ("six-months-under-the-reform", "2025-08-18"): "reform of family reunification",
    ("subsidiary-protection-wait", "2025-08-18"): "reform of family reunification",
    ("subsidiary-protection-from-the-first-day", "2025-08-18"): "reform of family reunification",
    ("subsidiary-protection-formation", "2025-08-18"): "reform of family reunification",
    ("unread-under-the-reform", "2025-08-18"): "reform of family reunification",
    ("new-reference", "2025-08-18"): "110 % of the minimum income exists from that day",
    ("new-reference-second", "2025-08-18"): "110 % of the minimum income exists from that day",
    ("gammi-110", "2025-08-18"): "110 % of the minimum income exists from that day",
    ("gammi-110-first-covered", "2025-08-18"): "110 % of the minimum income exists from that day",
    ("gammi-110-second-reading", "2025-08-18"): "110 % of the minimum income exists from that day",
    ("means-to-plan-with", "2025-08-18"): "before there was one amount only",
    (
        "be-wal-single-permit where-you-are",
        "2023-01-01",
    ): "no Walloon amount of 2022 is known, so nothing is open in that year",
}


def in_our_time(day: date | None, p: Pathway) -> bool:
    return day is not None and FIRST <= day <= LAW.read_until and day in p.in_force and day != p.in_force.first


def begins_in_our_time(e: Entry, p: Pathway) -> bool:
    """Whether there are days of our time on which the line was not in force yet."""
    return in_our_time(e.period.first, p) and e.period.first != FIRST


def successors(id: str) -> set[str]:
    return {UNTIL.sub("", id)} if UNTIL.search(id) else {*SUCCEEDED.get(id, "").split()}


def lines(p: Pathway) -> Iterator[Entry]:
    return (e for e in p.entries if e.part != "caution")


@by_id(PATHWAYS)
def test_a_line_that_ends_has_a_successor_or_a_reason(pathway: Pathway) -> None:
    for e in lines(pathway):
        if not in_our_time(e.period.until, pathway):
            continue
        began = {x.id for x in lines(pathway) if x.period.first == e.period.until}
        if (e.id, str(e.period.until)) in ENDED:
            continue
        assert successors(e.id), f"{e.id} ends on {e.period.until}: name its successor, or why it has none"
        assert began & successors(e.id), f"{e.id} ends on {e.period.until} and nothing begins in its place"


@by_id(PATHWAYS)
def test_a_line_that_begins_has_a_forerunner_or_a_reason(pathway: Pathway) -> None:
    for e in lines(pathway):
        if (
            not begins_in_our_time(e, pathway)
            or {(e.id, str(e.period.first)), (f"{pathway.id} {e.id}", str(e.period.first))} & BEGAN.keys()
        ):
            continue
        ended = {x.id for x in lines(pathway) if x.period.until == e.period.first}
        before = {id for id in ended if e.id in successors(id)}
        assert before, f"{e.id} begins on {e.period.first}: what held before? Else earlier days lack a condition"


PLACES_AND_FEES = {  # of a procedure: what ends or begins in our time, and what stands in its place or why nothing does
    ("enterprise-counter-until-2024", "2024-10-01"): "enterprise-counter",
    ("enterprise-counter", "2024-10-01"): "enterprise-counter-until-2024",
    ("enterprise-counter", "2022-01-01"): "paper-procedure",
    ("paper-procedure", "2022-02-01"): "online",
    ("online", "2022-02-01"): "paper-procedure",
    ("representative-at-counter", "2022-02-01"): "paper-procedure",
    ("representative-at-counter", "2023-05-16"): "online",
    ("renewal-application", "2024-10-01"): "the stage begins with the ordinance; before, be-bru-professional-card-renewal",
    ("renewal-delivery", "2024-10-01"): "the stage begins with the ordinance; before, be-bru-professional-card-renewal",
    ("contribution", "2022-11-19"): "the search year of researchers begins on that day",
}  # fmt: skip


def edges(p: Pathway) -> Iterator[tuple[str, str]]:
    """Yield where a place to file or a fee begins or ends in our time, without another version of it beside."""
    assert p.procedure is not None
    lines = [*p.procedure.filing, *p.procedure.fees]
    for line in lines:
        versions = [x.period for x in lines if (x.stage, x.id) == (line.stage, line.id)]
        first, until = line.period.first, line.period.until
        if in_our_time(until, p) and not any(x.first == until for x in versions):
            yield line.id, str(until)
        if in_our_time(first, p) and first != FIRST and not any(x.until == first for x in versions):
            yield line.id, str(first)


@by_id([p for p in PATHWAYS if p.procedure])
def test_no_place_and_no_fee_comes_or_goes_unnoticed(pathway: Pathway) -> None:
    """A fee that begins late would leave a plan for earlier days without it."""
    assert pathway.procedure is not None
    ids = {x.id for x in (*pathway.procedure.filing, *pathway.procedure.fees)}
    for edge in edges(pathway):
        assert edge in PLACES_AND_FEES, edge
        assert " " in PLACES_AND_FEES[edge] or PLACES_AND_FEES[edge] in ids


def test_the_versions_of_a_time_limit_follow_each_other() -> None:
    for id, versions in LAW.time_limits.limits.items():
        assert all(a.period.until == b.period.first for a, b in pairwise(versions)), id
        assert versions[-1].period.until is None, f"{id} ends and nothing follows"


def test_the_tables_name_nothing_that_is_gone() -> None:
    ends = {(e.id, str(e.period.until)) for p in PATHWAYS for e in lines(p) if in_our_time(e.period.until, p)}
    begins = {
        (id, str(e.period.first))
        for p in PATHWAYS for e in lines(p) if begins_in_our_time(e, p)
        for id in (e.id, f"{p.id} {e.id}")
    }  # fmt: skip
    assert ENDED.keys() <= ends
    assert BEGAN.keys() <= begins
    assert SUCCEEDED.keys() <= {id for id, _ in ends}
    assert {edge for p in PATHWAYS if p.procedure for edge in edges(p)} == PLACES_AND_FEES.keys()
