"""Time limits as the body of law states them: what starts them, the readings of how they are counted, who must act."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sojourn.law.model import Cite
from sojourn.values.counting import Counting, Length
from sojourn.values.period import Period

Kind = Literal["act", "decide", "wait", "lasts"]
Weight = Literal["reading", "argument", "advice"]
ActOn = Literal["any", "working-days", "office-open"]


@dataclass(frozen=True, slots=True)
class LimitReading:
    """One way to read how a limit is counted, for each event that may start it.

    cite: who reads it so, or None where it is an `open` point. weight: a `reading` moves the safe day; an `argument` is
    shown, but nobody should lean on it; an `advice` is no reading of the law, only a day by which it is wise to act.
    """

    id: str
    says: str
    countings: tuple[Counting, ...]
    cite: Cite | None = None
    open: str = ""
    weight: Weight = "reading"

    @property
    def moves_safe_day(self) -> bool:
        """Whether the safe day takes it into account."""
        return self.weight == "reading"


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit (termijn / délai) in force during `period`.

    kind: the person must `act`, the authority must `decide`, the person must `wait`, or something `lasts`.
    as_set: a convention that serves limits of any length. none_known: no source gives a length.
    then: what holds from the day after. pause: what makes the period stand still. mind: what to heed.
    act_on: on which days one can act.
    inherited: the readings that stand, with their words, in the convention.
    """

    id: str
    says: str
    kind: Kind
    cite: Cite
    period: Period
    readings: tuple[LimitReading, ...]
    act_on: ActOn = "any"
    seen: date | None = None
    as_set: bool = False
    none_known: bool = False
    then: str = ""
    pause: str = ""
    mind: str = ""
    convention: str = ""
    inherited: frozenset[str] = frozenset()
    also: tuple[Cite, ...] = ()
    note: str = ""
    file: str = ""
    line: int = 0

    @property
    def text_id(self) -> str:
        """The id of its words in `texts/`: an earlier version has words of its own."""
        return f"{self.id}.until-{self.period.until}" if self.period.until else self.id

    @property
    def words(self) -> dict[str, str]:
        """Its further texts, by the last part of their id."""
        return {"then": self.then, "pause": self.pause, "mind": self.mind}

    @property
    def events(self) -> tuple[str, ...]:
        """The events from which it may start."""
        return tuple(c.event for c in self.readings[0].countings)


@dataclass(frozen=True, slots=True)
class LimitCase:
    """A worked case of a time limit: a day in, the days that must come out."""

    name: str
    limit: str
    day: date
    event: str
    length: Length | None
    pauses: tuple[Period, ...]
    stays: tuple[Period, ...]
    expect: dict[str, Any]
    why: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """All time limits: `limits` by id (its versions in order of time), the words for `events`, worked `cases`."""

    limits: dict[str, tuple[Limit, ...]]
    events: dict[str, str]
    cases: tuple[LimitCase, ...] = ()

    def on(self, id: str, day: date) -> Limit | None:
        """Return the limit `id` as it is in force for an event of `day`, or None; raises KeyError."""
        return next((x for x in self.limits[id] if day in x.period), None)

    def english_texts(self) -> dict[str, str]:
        """Return every English text by its id in `texts/`."""
        out = {f"event.{id}": says for id, says in self.events.items()}
        for versions in self.limits.values():
            for x in versions:
                out[x.text_id] = x.says
                out |= {f"{x.text_id}.{key}": text for key, text in x.words.items() if text}
                out |= {f"{x.text_id}.{r.id}": r.says for r in x.readings if r.id and r.id not in x.inherited}
        return out
