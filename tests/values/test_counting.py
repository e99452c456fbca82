"""Counting periods: tables around the hard days of the calendar, properties on generated ones, and a naive counter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sojourn.values.calendar import is_working_day, legal_holidays, may_be_closed, why_no_working_day
from sojourn.values.counting import (
    FIRST,
    LAST,
    CalendarError,
    Counting,
    Length,
    count,
    days_used,
    last_day_of_stay,
    shifted,
)
from sojourn.values.period import Period, add_months

DAY = timedelta(days=1)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
LENGTHS = st.one_of(
    st.builds(Length, st.integers(1, 400), st.just("days")),
    st.builds(Length, st.integers(1, 60), st.just("working_days")),
    st.builds(Length, st.integers(1, 36), st.just("months")),
    st.builds(Length, st.integers(1, 6), st.just("years")),
)
AFTER = st.one_of(
    st.none(),
    st.builds(Length, st.integers(1, 5), st.just("working_days")),
    st.builds(Length, st.integers(1, 6), st.just("months")),
)
FORWARD = st.builds(
    Counting, st.just("act"), LENGTHS, AFTER, day_counts=st.booleans(), saturday_counts=st.booleans(),
    rolls=st.booleans(), months_end=st.sampled_from(["same-number", "eve"]),
)  # fmt: skip
PLAIN = Counting("act", Length(30, "days"))
PRESUMED = Counting("posted", Length(30, "days"), Length(3, "working_days"), day_counts=True)
ROLLS = Counting("act", Length(30, "days"), rolls=True)
MONTH = Counting("act", Length(1, "months"))
EVE = Counting("act", Length(1, "months"), months_end="eve")
EIGHT = Counting("entry", Length(8, "working_days"))


def naive_last_day(c: Counting, start: date) -> date:
    """Count day by day, as one would on a wall calendar."""

    def works(day: date) -> bool:
        return day.weekday() < (6 if c.saturday_counts else 5) and day not in legal_holidays(day.year)

    day, one = start, None
    if c.after and c.after.unit == "working_days":
        seen = 0
        while seen < c.after.number:
            day += DAY
            seen += works(day)
    elif c.after:
        day = add_months(day, c.after.number)
    one = day if c.day_counts else day + DAY
    assert c.length
    if c.length.unit == "days":
        last = one
        for _ in range(c.length.number - 1):
            last += DAY
    elif c.length.unit == "working_days":
        last, seen = one - DAY, 0
        while seen < c.length.number:
            last += DAY
            seen += works(last)
    else:
        months = c.length.number * (12 if c.length.unit == "years" else 1)
        anchor = one if c.months_end == "eve" else one - DAY
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
        try:
            last = date(year, month + 1, anchor.day) - (DAY if c.months_end == "eve" else timedelta())
        except ValueError:
            last = date(year + month // 11, (month + 1) % 12 + 1, 1) - DAY
    if c.rolls:
        while last.weekday() >= 5 or last in legal_holidays(last.year):
            last += DAY
    return last


@pytest.mark.parametrize(
    ("counting", "start", "last", "because"),
    [
        (PRESUMED, date(2026, 7, 3), date(2026, 8, 6), "Friday: the third working day is Wednesday 8 July, day one"),
        (PRESUMED, date(2025, 12, 22), date(2026, 1, 24), "Christmas: the third working day is Friday 26 December"),
        (PRESUMED, date(2025, 12, 30), date(2026, 2, 3), "New Year: the third working day is Monday 5 January"),
        (PRESUMED, date(2026, 4, 2), date(2026, 5, 7), "Easter: Good Friday works, Easter Monday does not"),
        (PRESUMED, date(2027, 3, 25), date(2027, 4, 29), "Easter in March"),
        (PRESUMED, date(2026, 5, 13), date(2026, 6, 17), "Ascension: 15, 18 and 19 May are the working days"),
        (PRESUMED, date(2026, 7, 10), date(2026, 8, 13), "11 July is no legal holiday, and a Saturday here"),
        (PRESUMED, date(2025, 7, 10), date(2025, 8, 13), "11 July 2025 is a Friday and counts"),
        (PRESUMED, date(2022, 9, 26), date(2022, 10, 28), "27 September is a working day"),
        (PRESUMED, date(2027, 11, 12), date(2027, 12, 16), "15 November is a working day, a Monday here"),
        (PLAIN, date(2026, 3, 2), date(2026, 4, 1), "thirty days from Monday"),
        (PLAIN, date(2026, 3, 1), date(2026, 3, 31), "summer time begins on 29 March and changes nothing"),
        (PLAIN, date(2026, 10, 1), date(2026, 10, 31), "summer time ends on 25 October and changes nothing"),
        (PLAIN, date(2024, 1, 31), date(2024, 3, 1), "a leap year has 29 February"),
        (PLAIN, date(2023, 1, 31), date(2023, 3, 2), "a common year has not"),
        (PLAIN, date(2025, 12, 15), date(2026, 1, 14), "over the end of the year"),
        (ROLLS, date(2026, 10, 9), date(2026, 11, 9), "Sunday 8 November moves to Monday"),
        (ROLLS, date(2026, 10, 12), date(2026, 11, 12), "Armistice Day moves to Thursday"),
        (ROLLS, date(2027, 2, 27), date(2027, 3, 30), "Easter Monday 29 March moves to Tuesday"),
        (ROLLS, date(2026, 11, 25), date(2026, 12, 28), "Christmas on a Friday moves over the weekend"),
        (ROLLS, date(2027, 12, 2), date(2028, 1, 3), "New Year on a Saturday moves to Monday"),
        (ROLLS, date(2025, 6, 11), date(2025, 7, 11), "11 July moves nothing"),
        (ROLLS, date(2027, 8, 28), date(2027, 9, 27), "27 September moves nothing"),
        (ROLLS, date(2027, 10, 16), date(2027, 11, 15), "15 November moves nothing"),
        (MONTH, date(2026, 1, 31), date(2026, 2, 28), "February has no 31st"),
        (MONTH, date(2024, 1, 30), date(2024, 2, 29), "nor a 30th in a leap year"),
        (MONTH, date(2024, 2, 29), date(2024, 3, 29), "the same number"),
        (EVE, date(2024, 2, 29), date(2024, 3, 31), "from 1 March to the eve of 1 April"),
        (EVE, date(2026, 1, 30), date(2026, 2, 28), "there is no 31 February"),
        (EVE, date(2026, 1, 5), date(2026, 2, 5), "the two readings agree inside a month"),
        (EIGHT, date(2026, 4, 30), date(2026, 5, 13), "Labour Day does not count"),
        (EIGHT, date(2026, 12, 23), date(2027, 1, 6), "Christmas and New Year do not count"),
    ],
    ids=lambda cell: cell if isinstance(cell, str) else "",
)
def test_last_day(counting, start, last, because):
    assert count(counting, start).last_day == last
    assert naive_last_day(counting, start) == last


@given(FORWARD, DAYS)
def test_equal_to_counting_by_hand(counting, start):
    assert count(counting, start).last_day == naive_last_day(counting, start)


@given(FORWARD, DAYS)
def test_a_deadline_never_falls_before_its_start(counting, start):
    found = count(counting, start)
    assert found.last_day >= start
    assert found.steps[0].day == start
    assert found.steps[-1].day == found.last_day
    order = [s.day for s in found.steps if s.kind != "day-one"]
    assert order == sorted(order)


@given(FORWARD, DAYS, st.integers(0, 800))
def test_a_later_start_never_gives_an_earlier_deadline(counting, start, later):
    assert count(counting, start + timedelta(later)).last_day >= count(counting, start).last_day


@given(DAYS, st.integers(1, 12), st.integers(0, 60))
def test_a_window_opens_before_it_closes(expiry, months, more):
    c = Counting("expiry", Length(months, "months"), back=True, opens=Length(months * 31 + more, "days"))
    found = count(c, expiry)
    assert found.opens
    assert found.opens <= found.last_day < expiry


@given(FORWARD, DAYS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30)), max_size=3))
def test_a_pause_never_shortens(counting, start, pauses):
    stretches = [Period(start + timedelta(a), start + timedelta(a + n)) for a, n in pauses]
    assert count(counting, start, pauses=stretches).last_day >= count(counting, start).last_day


def test_every_day_from_2015_to_2035_rolls_only_over_days_off():
    day = date(2015, 1, 1)
    while day.year <= 2035:
        raw, rolled = count(PLAIN, day).last_day, count(ROLLS, day).last_day
        between = [raw + timedelta(n) for n in range((rolled - raw).days)]
        assert is_working_day(rolled)
        assert not any(map(is_working_day, between))
        assert all(map(why_no_working_day, between))
        day += DAY


@pytest.mark.parametrize("year", range(2015, 2036))
def test_days_that_offices_take_never_move_a_deadline(year):
    for month, number in [(5, 8), (7, 11), (9, 27), (11, 2), (11, 15), (12, 26)]:
        day = date(year, month, number)
        assert may_be_closed(day)
        moved_by = {"saturday": 5, "sunday": 6}.get(why_no_working_day(day) or "")
        assert why_no_working_day(day) is None or day.weekday() == moved_by


@pytest.mark.parametrize("start", [FIRST - DAY, LAST + DAY, date.min, date.max, LAST])
def test_outside_the_calendar_we_know(start):
    with pytest.raises(CalendarError, match="calendar"):
        count(PLAIN, start)


def test_months_that_lead_out_of_the_calendar():
    with pytest.raises(CalendarError, match="9999-12-01"):
        shifted(date(9999, 12, 1), Length(2, "months"))


# --- short stays


def naive_fits(days: set[date], last: date) -> bool:
    return sum(last - timedelta(180) < d <= last for d in days) <= 90


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.lists(st.tuples(st.integers(1, 400), st.integers(1, 60))))
def test_ninety_days_in_any_window(entry, ago):
    earlier = [Period(entry - timedelta(a), min(entry, entry - timedelta(a - n))) for a, n in ago]
    spent = {entry - timedelta(n) for n in range(1, 401) if any(entry - timedelta(n) in s for s in earlier)}
    if not naive_fits(spent | {entry}, entry):
        with pytest.raises(CalendarError, match="first day with one left"):
            last_day_of_stay(entry, 90, 180, earlier)
        return
    last = entry
    days = spent | {entry}
    while naive_fits(days | {last + DAY}, last + DAY):
        last += DAY
        days.add(last)
    assert last_day_of_stay(entry, 90, 180, earlier) == last


def test_a_stay_of_ninety_days_and_the_absence_after_it():
    entry = date(2026, 4, 1)
    last = last_day_of_stay(entry, 90, 180)
    assert last == date(2026, 6, 29)
    stay = [Period(entry, last + DAY)]
    assert days_used(stay, last, 180) == 90
    with pytest.raises(CalendarError, match="2026-09-28"):
        last_day_of_stay(last + DAY, 90, 180, stay)
    again = last + timedelta(91)
    assert again == date(2026, 9, 28)
    assert last_day_of_stay(again, 90, 180, stay) == again + timedelta(89)
