"""The index mechanism reproduces, to the cent, the amounts that law/amounts ships.

Benefits rise by 2 % when the smoothed health index reaches the pivot. The law gives a yearly base; its
multiplier has four decimals, `1.02^n` after n steps since June 1999 (art. 15 of the Act of 26 May 2002,
rank 0). The month is a twelfth of the rounded year, half up.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from sojourn.law.yaml12 import load

AMOUNTS = Path(__file__).parents[2] / "law" / "amounts"
CENT = Decimal("0.01")
D = Decimal

# Months in which the pivot was reached. At the first base below, twelve steps had been taken.
CROSSED = [
    (2012, 1), (2012, 11), (2016, 5), (2017, 5), (2018, 8), (2020, 2), (2021, 8), (2021, 12), (2022, 2),
    (2022, 4), (2022, 7), (2022, 10), (2022, 11), (2023, 10), (2024, 4), (2025, 1), (2025, 12), (2026, 6),
]  # fmt: skip
STEPS_BEFORE = 12
DELAYED_FROM = (2025, 7)  # from then on benefits follow in the third month after; before, in the next month

LIVING_WAGE_3 = [  # yearly base from this day, and where it comes from
    (date(2011, 9, 1), D("9716.87"), "note under art. 14"),
    (date(2013, 9, 1), D("9911.21"), "note under art. 14"),
    (date(2015, 9, 1), D("10109.43"), "note under art. 14"),
    (date(2016, 4, 1), D("10311.62"), "note under art. 14"),
    (date(2017, 9, 1), D("10404.42"), "royal decree of 30 June 2017"),
    (date(2018, 7, 1), D("10754.07"), "second-hand"),
    (date(2020, 1, 1), D("10888.50"), "any base from 10,888.49 to 10,888.51 gives the printed month"),
    (date(2021, 1, 1), D("11181.13"), "royal decree of 20 December 2020"),
    (date(2021, 7, 1), D("11404.75"), "royal decree of 6 August 2021"),
    (date(2022, 1, 1), D("11703.23"), "royal decree of 6 August 2021"),
    (date(2023, 1, 1), D("12001.71"), "royal decree of 6 August 2021; gives the printed year 19,690.01"),
    (date(2023, 7, 1), D("12241.74"), "council of ministers of 23 December 2022"),
]
GAMMI = [  # amounts agreed by the social partners; the multiplier starts again from each
    (date(2022, 4, 1), D("1806.16")),
    (date(2024, 4, 1), D("2029.88")),
    (date(2026, 4, 1), D("2189.81")),
]
ONE_CENT_LOWER = D("11703.22")  # the second-hand base of 2022, from which 1,507.76 and 1,600.02 were published


def months_after(month: tuple[int, int], count: int) -> date:
    year, index = divmod(month[0] * 12 + month[1] - 1 + count, 12)
    return date(year, index + 1, 1)


def step_days(*, delayed: bool) -> list[date]:
    return [months_after(month, 3 if delayed and month >= DELAYED_FROM else 1) for month in CROSSED]


def multiplier(steps: int) -> Decimal:
    return (D("1.02") ** steps).quantize(D("0.0001"), ROUND_HALF_UP)


def year(base: Decimal, steps: int) -> Decimal:
    return (base * multiplier(steps)).quantize(CENT, ROUND_HALF_UP)


def month(base: Decimal, steps: int) -> Decimal:
    return (year(base, steps) / 12).quantize(CENT, ROUND_HALF_UP)


def ranks(on: date) -> int:
    return STEPS_BEFORE + sum(day <= on for day in step_days(delayed=True))


def rows(amount: str) -> dict[date, Any]:
    return {row["from"]: row for row in load(AMOUNTS / f"{amount}.yaml")["rows"]}


def values(amount: str) -> dict[date, Decimal]:
    return {day: D(row["value"].removesuffix(" EUR")) for day, row in rows(amount).items() if "value" in row}


def living_wage_3() -> dict[date, Decimal]:
    days = sorted({day for day, _, _ in LIVING_WAGE_3} | set(step_days(delayed=True)))
    bases = [(day, base) for day, base, _ in LIVING_WAGE_3]
    return {on: month([base for day, base in bases if day <= on][-1], ranks(on)) for on in days}


def gammi() -> dict[date, Decimal]:
    steps = [day for day in step_days(delayed=False) if day > GAMMI[0][0]]
    computed = {}
    for on in sorted({day for day, _ in GAMMI} | set(steps)):
        since, agreed = [(day, amount) for day, amount in GAMMI if day <= on][-1]
        taken = sum(since < day <= on for day in steps)
        computed[on] = (agreed * multiplier(taken)).quantize(CENT, ROUND_HALF_UP)
    return computed


def test_living_wage_3_moves_on_the_days_and_to_the_cents_shipped():
    assert values("living-wage-3") == living_wage_3()


def test_gammi_moves_on_the_days_and_to_the_cents_shipped():
    assert values("gammi") == gammi()


@pytest.mark.parametrize(("on", "half"), [
    (date(2022, 5, 1), D("1507.765")),
    (date(2022, 12, 1), D("1600.025")),
])  # fmt: skip
def test_the_base_of_the_decree_settles_the_half_cents(on: date, half: Decimal):
    """From a base one cent lower the month ends in half a cent; the royal decree's own base leaves no doubt."""
    assert year(ONE_CENT_LOWER, ranks(on)) / 12 == half
    assert values("living-wage-3")[on] == half + CENT / 2
    assert year(D("11703.23"), ranks(on)) / 12 > half


def test_120_percent_is_120_percent_of_the_month():
    """Lists cut or round the third decimal, so two cents are allowed."""
    base, shipped = values("living-wage-3"), values("living-wage-3-120")
    assert set(shipped) == {day for day in base if day >= date(2012, 2, 1)}
    assert [day for day in shipped if abs(D("1.20") * base[day] - shipped[day]) > 2 * CENT] == []


@pytest.mark.parametrize(("on", "printed", "because"), [
    (date(2011, 9, 1), D("12322.93"), "note under art. 14"),
    (date(2012, 12, 1), D("12821.41"), "note under art. 14"),
    (date(2015, 9, 1), D("13339.39"), "note under art. 14"),
    (date(2016, 4, 1), D("13606.18"), "note under art. 14"),
    (date(2017, 6, 1), D("14155.79"), "OCMW Sint-Niklaas"),
    (date(2021, 1, 1), D("15968.89"), "federal service for social integration"),
    (date(2023, 1, 1), D("19690.01"), "CPAS Seraing and Securex"),
])  # fmt: skip
def test_printed_years(on: date, printed: Decimal, because: str):
    base = next(base for day, base, _ in reversed(LIVING_WAGE_3) if day <= on)
    assert year(base, ranks(on)) == printed


def test_the_flemish_page_of_2026_prints_120_percent_of_the_year():
    assert (D("1.20") * year(LIVING_WAGE_3[-1][1], ranks(date(2026, 3, 1)))).quantize(CENT) == D("26086.66")


@pytest.mark.parametrize(("category", "since", "until", "base"), [
    (1, date(2011, 9, 1), date(2013, 9, 1), D("4858.43")),
    (1, date(2013, 9, 1), date(2015, 9, 1), D("4955.60")),
    (1, date(2015, 9, 1), date(2016, 4, 1), D("5054.71")),
    (1, date(2016, 4, 1), date(2017, 9, 1), D("5155.80")),
    (1, date(2017, 9, 1), date(2018, 7, 1), D("5202.20")),
    (1, date(2021, 1, 1), date(2021, 7, 1), D("5515.62")),
    (1, date(2021, 7, 1), date(2022, 1, 1), D("5625.93")),
    (1, date(2022, 1, 1), date(2023, 1, 1), D("5773.18")),
    (1, date(2023, 1, 1), date(2023, 7, 1), D("5920.42")),
    (1, date(2023, 7, 1), date.max, D("6038.83")),
    (2, date(2011, 9, 1), date(2013, 9, 1), D("7287.65")),
    (2, date(2013, 9, 1), date(2015, 9, 1), D("7433.40")),
    (2, date(2015, 9, 1), date(2016, 4, 1), D("7582.07")),
    (2, date(2016, 4, 1), date(2017, 9, 1), D("7733.71")),
    (2, date(2017, 9, 1), date(2018, 7, 1), D("7803.31")),
    (2, date(2021, 1, 1), date(2021, 7, 1), D("8273.45")),
    (2, date(2021, 7, 1), date(2022, 1, 1), D("8438.92")),
    (2, date(2022, 1, 1), date(2023, 1, 1), D("8659.78")),
    (2, date(2023, 1, 1), date(2023, 7, 1), D("8880.64")),
    (2, date(2023, 7, 1), date.max, D("9058.25")),
])  # fmt: skip
def test_categories_1_and_2_where_the_base_is_known(category: int, since: date, until: date, base: Decimal):
    shipped = {day: value for day, value in values(f"living-wage-{category}").items() if since <= day < until}
    assert shipped == {day: month(base, ranks(day)) for day in shipped}
    assert shipped


def test_all_categories_move_together():
    """Where category 3 moves and no page prints the others, these have an `unknown` row."""
    moves = set(rows("living-wage-3"))
    for category in (1, 2):
        shipped = rows(f"living-wage-{category}")
        assert set(shipped) <= moves
        for day in sorted(moves - set(shipped)):
            assert "unknown" in shipped[max(known for known in shipped if known < day)]


def test_increases_agreed_by_the_social_partners():
    before = values("gammi")
    assert before[date(2024, 4, 1)] - before[date(2023, 11, 1)] == D("35.70")
    assert before[date(2026, 4, 1)] - before[date(2026, 1, 1)] == D("35.70")


def test_the_same_crossing_moves_the_minimum_income_first():
    """December 2025: the minimum income in January, benefits in March (Acerta; incidence-asbl)."""
    at = CROSSED.index((2025, 12))
    assert step_days(delayed=False)[at] == date(2026, 1, 1)
    assert step_days(delayed=True)[at] == date(2026, 3, 1)
