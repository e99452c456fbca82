"""The look-up tables against what they mean: every choice of one level from each set."""

from itertools import combinations, product

import pytest

from sojourn.values.verdict import (
    ALL,
    ANY,
    ANY_LEVEL,
    APPRAISED,
    BEST_FIRST,
    LEAN_IF_MET,
    LEAN_UNLESS_MET,
    MET,
    NOT,
    NOT_MET,
    OPEN_QUESTION,
    SETTLED,
    Result,
)  # fmt: skip

LEVELS = (NOT_MET, OPEN_QUESTION, APPRAISED, MET)
SETS = range(16)


def members(bits):
    return [level for level in LEVELS if bits & level]


def union(levels):
    bits = 0
    for level in levels:
        bits |= level
    return bits


def test_the_levels_are_four_bits_in_order():
    assert list(LEVELS) == sorted(LEVELS)
    assert union(LEVELS) == ANY_LEVEL == 15
    assert all(a & b == 0 for a, b in combinations(LEVELS, 2))


@pytest.mark.parametrize(("table", "combine"), [(ALL, min), (ANY, max)], ids=["all", "any"])
def test_all_and_any(table, combine):
    for a, b in product(SETS, SETS):
        assert table[a][b] == union(combine(x, y) for x in members(a) for y in members(b))
        assert table[a][b] == table[b][a]
    for a, b, c in product(SETS, SETS, SETS):
        assert table[table[a][b]][c] == table[a][table[b][c]]


def test_not():
    other = {NOT_MET: MET, MET: NOT_MET, OPEN_QUESTION: OPEN_QUESTION, APPRAISED: APPRAISED}
    for a in SETS:
        assert NOT[a] == union(other[x] for x in members(a))
        assert NOT[NOT[a]] == a


def test_leaning():
    for a in SETS:
        assert LEAN_UNLESS_MET[a] == union(OPEN_QUESTION if x == NOT_MET else x for x in members(a))
        assert LEAN_IF_MET[a] == union(OPEN_QUESTION if x == MET else x for x in members(a))


def test_knowing_more_never_widens():
    for table in (ALL, ANY):
        for a, b, less in product(SETS, SETS, SETS):
            assert table[a & less][b] & ~table[a][b] == 0


def test_results():
    assert set(BEST_FIRST) == set(Result)
    assert {Result.OPEN, Result.NOT_NEEDED, Result.CLOSED} == SETTLED
