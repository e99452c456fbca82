"""The values a test, a condition and a pathway can have.

Inside, a test takes one of four *levels*, ordered: not met < open question < appraised < met. "All of" is the
least, "any of" the greatest. What is not known yet is a *set* of levels, held as bits, so that one table look-up
combines what may still come out. A single bit is settled.
"""

from collections.abc import Callable
from enum import StrEnum

NOT_MET = 1
"""The test fails, and the law whose text we read says so."""
OPEN_QUESTION = 2
"""No answer of the person settles it: a secondary source leans, no rule is known for the day, or not modelled."""
APPRAISED = 4
"""An authority weighs it; a declaration never meets it."""
MET = 8
"""The test holds."""

ANY_LEVEL = NOT_MET | OPEN_QUESTION | APPRAISED | MET
_LEVELS = (NOT_MET, OPEN_QUESTION, APPRAISED, MET)


def _lift(combine: Callable[[int, int], int]) -> tuple[tuple[int, ...], ...]:
    """Return the table of `combine`, taken from single levels to sets of levels."""

    def of_sets(a: int, b: int) -> int:
        out = 0
        for x in _LEVELS:
            for y in _LEVELS:
                if a & x and b & y:
                    out |= combine(x, y)
        return out

    return tuple(tuple(of_sets(a, b) for b in range(16)) for a in range(16))


ALL = _lift(min)
"""`ALL[a][b]`: the levels that "a and b" may take when a and b may take these."""
ANY = _lift(max)
"""`ANY[a][b]`: the levels that "a or b" may take."""
NOT = tuple(
    (MET if a & NOT_MET else 0) | (a & OPEN_QUESTION) | (a & APPRAISED) | (NOT_MET if a & MET else 0) for a in range(16)
)
"""`NOT[a]`: met and not met change places, the others stay."""
LEAN_UNLESS_MET = tuple((a & ~NOT_MET) | (OPEN_QUESTION if a & NOT_MET else 0) for a in range(16))
"""A secondary source in a condition: met counts as met, not met only leans."""
LEAN_IF_MET = tuple((a & ~MET) | (OPEN_QUESTION if a & MET else 0) for a in range(16))
"""A secondary source in an exemption: met only leans, not met counts as excluded."""


class Verdict(StrEnum):
    """What a condition comes to. Only MET and NOT_MET are final answers to the condition itself."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"


class Because(StrEnum):
    """Why a condition is undetermined; each reason has its own next step."""

    NOT_ASKED = "not_asked"
    NOT_KNOWN = "not_known"
    DECLINED = "declined"
    BAND = "band"
    APPRAISED = "appraised"
    CONTESTED = "contested"
    SECONDARY = "secondary"
    NOT_MODELLED = "not_modelled"
    NO_RULE_KNOWN = "no_rule_known"


class Result(StrEnum):
    """The answer for one pathway."""

    OPEN = "open"
    NOT_NEEDED = "not_needed"
    CONTESTED = "contested"
    UNDETERMINED = "undetermined"
    CLOSED = "closed"


BEST_FIRST = (Result.OPEN, Result.NOT_NEEDED, Result.CONTESTED, Result.UNDETERMINED, Result.CLOSED)
"""The order in which findings are shown."""
SETTLED = frozenset({Result.OPEN, Result.NOT_NEEDED, Result.CLOSED})
"""Results that no further fact can change."""
