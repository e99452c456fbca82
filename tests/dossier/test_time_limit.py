"""The time limits of the law on a day: worked cases, and what must hold of each on every day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.decide.body import load_law
from sojourn.dossier.limit_cases import differences
from sojourn.dossier.time_limit import LimitError, count, oldest_start
from sojourn.law.limits import Limit, LimitCase
from sojourn.values.calendar import is_working_day
from sojourn.values.counting import Length

LAW = load_law()
KNOWN = LAW.time_limits
ALL = [x for versions in KNOWN.limits.values() for x in versions]
IDS = [x.text_id for x in ALL]
COUNTED = [x for x in ALL if not x.none_known]
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
WHEN_AN_ACT_CAN_BE_DONE = ("working-days", "office-open")


def length_of(limit: Limit) -> Length | None:
    return Length(20, "days") if limit.as_set else None


@pytest.mark.parametrize("case", KNOWN.cases, ids=lambda c: c.name)
def test_case(case: LimitCase) -> None:
    assert not [str(d) for d in differences(LAW, case)]


def test_every_time_limit_has_a_worked_case() -> None:
    """In each version; the conventions (d-...) are worked through the time limits that follow them."""
    worked = {version.text_id for c in KNOWN.cases if (version := KNOWN.on(c.limit, c.day))}
    followed = {x.convention for x in ALL if x.text_id in worked}
    assert {x.text_id for x in COUNTED} - worked - followed == set()


def test_the_cases_can_fail() -> None:
    case = replace(KNOWN.cases[0], expect={"safe_day": date(2026, 8, 6), "readings": {"saturday-rests": date.min}})
    assert len(list(differences(LAW, case))) == 2
    assert list(differences(LAW, replace(KNOWN.cases[0], expect={"no_rule": True})))
    assert list(differences(LAW, replace(KNOWN.cases[0], day=date(1950, 1, 1))))
    assert list(differences(LAW, replace(KNOWN.cases[0], event="sent")))


def test_what_others_refer_to_is_there() -> None:
    named = {
        "vlg-card-completion", "vlg-card-admissibility", "vlg-card-decision", "vlg-card-extension",
        "vlg-card-appeal-to-minister", "vlg-card-renewal-window", "council-of-state-annulment", "d-call-annulment",
        "d-call-extreme-urgency", "commune-registration-8-working-days", "a-card-renewal-window", "schengen-90-in-180",
    }  # fmt: skip
    assert named <= KNOWN.limits.keys()


@pytest.mark.parametrize("limit", COUNTED, ids=lambda x: x.text_id)
@given(day=DAYS)
def test_the_safe_day(limit: Limit, day: date) -> None:
    found = count(limit, day, length=length_of(limit))
    lasts = [c.last_day for c in found.readings if c.reading.moves_safe_day]
    assert found.safe_day is not None
    if limit.kind in ("act", "lasts"):
        assert found.safe_day <= min(c.last_day for c in found.readings), "never later than any reading"
        assert min(lasts) - found.safe_day < timedelta(6), "moved back no further than to the last day to act"
        skipped = [found.safe_day + timedelta(n) for n in range(1, (min(lasts) - found.safe_day).days + 1)]
        assert not any(map(is_working_day, skipped))
        if limit.act_on in WHEN_AN_ACT_CAN_BE_DONE:
            assert is_working_day(found.safe_day)
    else:
        assert found.safe_day == max(lasts)
        assert found.from_then == found.safe_day + timedelta(1)
    if not limit.readings[0].countings[0].back:
        assert found.safe_day >= day
        assert min(lasts) >= day
    elif found.opens:
        assert found.opens <= found.safe_day < day


@pytest.mark.parametrize("limit", COUNTED, ids=lambda x: x.text_id)
@given(day=DAYS, later=st.integers(0, 400))
def test_a_later_start_never_gives_an_earlier_safe_day(limit: Limit, day: date, later: int) -> None:
    first, second = (count(limit, d, length=length_of(limit)) for d in (day, day + timedelta(later)))
    assert first.safe_day
    assert second.safe_day
    assert first.safe_day <= second.safe_day


@pytest.mark.parametrize("limit", COUNTED, ids=lambda x: x.text_id)
@given(day=DAYS)
def test_naming_the_event_never_gives_an_earlier_safe_day(limit: Limit, day: date) -> None:
    whole = count(limit, day, length=length_of(limit)).safe_day
    each = [count(limit, day, event=e, length=length_of(limit)).safe_day for e in limit.events]
    assert whole in each
    assert whole == (min if limit.kind in ("act", "lasts") else max)(filter(None, each))


@pytest.mark.parametrize("limit", ALL, ids=lambda x: x.text_id)
def test_one_version_on_each_day(limit: Limit) -> None:
    for day in (date(2015, 1, 1) + timedelta(7 * n) for n in range(1100)):
        assert sum(day in x.period for x in KNOWN.limits[limit.id]) <= 1


def test_no_time_limit_known() -> None:
    limit = KNOWN.on("vlg-card-appeal-decision", date(2026, 8, 5))
    assert limit
    found = count(limit, date(2026, 8, 5))
    assert (found.readings, found.safe_day, found.from_then) == ((), None, None)


@pytest.mark.parametrize(
    ("id", "given_", "says"),
    [
        ("d-call-annulment", {"event": "emailed"}, "presented, posted, handed-over, sent"),
        ("d-call-annulment", {"length": Length(3, "days")}, "length of its own"),
        ("d-jud", {}, "say how long"),
        ("vlg-card-decision", {"pauses": [object()]}, "stand still"),
        ("vlg-card-decision", {"stays": [object()]}, "do not matter"),
    ],
)
def test_questions_that_do_not_fit(id: str, given_: dict[str, object], says: str) -> None:
    limit = KNOWN.on(id, date(2026, 11, 22))
    assert limit
    with pytest.raises(LimitError, match=says):
        count(limit, date(2026, 11, 22), **given_)  # type: ignore[arg-type]


@given(day=DAYS)
def test_a_period_too_short_to_act_in_is_said(day: date) -> None:
    limit = KNOWN.limits["d-fl-card"][0]
    short = replace(
        limit, readings=tuple(replace(r, countings=tuple(replace(c, after=None, day_counts=False) for c in r.countings))
                              for r in limit.readings)
    )  # fmt: skip
    found = count(short, day, length=Length(1, "days"))
    assert found.safe_day
    assert found.safe_day >= day
    if not is_working_day(found.safe_day):
        assert found.steps[-1].kind == "no-day-to-act"


@pytest.mark.parametrize(
    ("filing", "oldest"),
    [
        (date(2026, 12, 1), date(2026, 6, 1)),
        (date(2026, 8, 31), date(2026, 3, 1)),
        (date(2028, 8, 29), date(2028, 2, 29)),
    ],
)
def test_the_oldest_paper_that_may_be_filed(filing: date, oldest: date) -> None:
    limit = KNOWN.limits["criminal-record-age"][0]
    assert oldest_start(limit, filing) == oldest
    assert count(limit, oldest).safe_day is not None
    assert count(limit, oldest).safe_day >= filing  # type: ignore[operator]


@given(day=DAYS)
def test_the_oldest_paper_is_the_first_that_still_lasts(day: date) -> None:
    for id in ("criminal-record-age", "medical-certificate-9ter-age"):
        limit = KNOWN.limits[id][0]
        oldest = oldest_start(limit, day)
        lasts = [count(limit, oldest + timedelta(n)).safe_day for n in (-1, 0)]
        assert lasts[0]
        assert lasts[1]
        assert lasts[0] < day <= lasts[1]


def test_no_oldest_paper() -> None:
    with pytest.raises(LimitError, match="no source gives"):
        oldest_start(KNOWN.limits["vlg-card-appeal-decision"][0], date(2026, 11, 22))
    with pytest.raises(LimitError, match="too late"):
        oldest_start(KNOWN.limits["a-card-renewal-window"][0], date(2026, 11, 22))
