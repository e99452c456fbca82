"""What is known of a fact: its value, a band, some values excluded, or why nothing is known.

A fact that is absent was not asked. Numbers are whole: money in cents, days as ordinals (`date.toordinal`).
"""

from dataclasses import dataclass
from typing import Literal

Scalar = str | int | bool


@dataclass(frozen=True, slots=True)
class Exact:
    """The value itself: a word, number, yes or no; for a set fact the complete set."""

    value: Scalar | frozenset[str]


@dataclass(frozen=True, slots=True)
class Band:
    """A number from `least` to `most`, both included; None is open on that side."""

    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of these values."""

    values: frozenset[Scalar]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """For a single value: none of these. For a set: it holds none of `values` and all of `includes`, maybe more."""

    values: frozenset[Scalar]
    includes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing: asked and not known, or declined."""

    why: Literal["not_known", "declined"]


Known = Exact | Band | OneOf | NoneOf | Silent

NOT_KNOWN = Silent("not_known")
DECLINED = Silent("declined")
