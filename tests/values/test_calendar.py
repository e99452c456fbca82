"""Legal holidays and working days, against a computation of our own."""

from datetime import date, timedelta

import pytest

from sojourn.values.calendar import is_working_day, legal_holidays, nth_working_day_after, parse_day

YEARS = range(2015, 2036)


def easter(year: int) -> date:
    """Return Easter Sunday by Gauss's way for the Gregorian calendar."""
    a, k = year % 19, year // 100
    m = (15 + k - (13 + 8 * k) // 25 - k // 4) % 30
    n = (4 + k - k // 4) % 7
    d = (19 * a + m) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7
    if d + e == 35 or (d == 28 and e == 6 and a > 10):
        e -= 7
    return date(year, 3, 22) + timedelta(d + e)


def holidays_of(year: int) -> set[date]:
    fixed = {date(year, m, d) for m, d in [(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)]}
    return fixed | {easter(year) + timedelta(n) for n in (1, 39, 50)}


def test_easter_itself():
    known = [date(2019, 4, 21), date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)]
    assert [easter(d.year) for d in known] == known


@pytest.mark.parametrize("year", YEARS)
def test_the_ten_legal_holidays(year):
    assert legal_holidays(year) == holidays_of(year)
    assert len(legal_holidays(year)) == 10


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year(year):
    day = date(year, 1, 1)
    while day.year == year:
        week = day.isoweekday()
        assert is_working_day(day) == (week <= 5 and day not in holidays_of(year))
        assert is_working_day(day, saturday_counts=True) == (week <= 6 and day not in holidays_of(year))
        day += timedelta(1)


@pytest.mark.parametrize(
    ("day", "n", "expected", "because"),
    [
        (date(2026, 3, 2), 3, date(2026, 3, 5), "Monday: the third working day is Thursday"),
        (date(2026, 11, 20), 3, date(2026, 11, 25), "Friday: the weekend does not count"),
        (date(2026, 4, 2), 3, date(2026, 4, 8), "the weekend and Easter Monday do not count"),
        (date(2026, 4, 4), 1, date(2026, 4, 7), "Easter Sunday and Monday do not count"),
        (date(2026, 12, 31), 1, date(2027, 1, 4), "New Year is a Friday"),
        (date(2026, 11, 22), 0, date(2026, 11, 22), "no working day later is the same day"),
    ],
    ids=lambda cell: cell if isinstance(cell, str) else "",
)
def test_nth_working_day(day, n, expected, because):
    assert nth_working_day_after(day, n) == expected


def test_a_saturday_may_count():
    assert nth_working_day_after(date(2026, 11, 20), 3, saturday_counts=True) == date(2026, 11, 24)


def test_counting_one_by_one():
    day = date(2025, 12, 1)
    for start in range(400):
        here = day + timedelta(start)
        for n in (1, 2, 3, 10):
            found = nth_working_day_after(here, n)
            between = [here + timedelta(i) for i in range(1, (found - here).days + 1)]
            assert sum(map(is_working_day, between)) == n
            assert is_working_day(found)


def test_a_day_is_written_in_one_way():
    assert parse_day("2026-11-22") == date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "20261122",
        "2026-W47-7",
        "2026W477",
        "2026-1-2",
        "22-11-2026",
        "2026-02-30",
        "2026-11-22\n",
        "\u0662026-11-22",
        "",
    ],
)
def test_any_other_way_is_refused(text):
    with pytest.raises(ValueError, match="no day"):
        parse_day(text)
