"""Findings: the answer for one pathway, with everything it rests on."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sojourn.law.model import Entry, Pathway, Weighed
from sojourn.values.known import Known, Silent
from sojourn.values.verdict import Because, Result, Verdict

WORDS = (
    "met", "not_met", "below_reference", "appraised", "contested", "secondary", "not_modelled", "no_rule_known",
    "not_asked", "not_known", "declined", "band",
)  # fmt: skip
"""What a line of law can come to, in one word (see `Reason.word`)."""


def why_open(known: Known | None) -> Because:
    """Return why a fact of which this is known, and not its exact value, leaves a question open."""
    if known is None:
        return Because.NOT_ASKED
    return Because(known.why) if isinstance(known, Silent) else Because.BAND


class Reason(NamedTuple):
    """What one line of law comes to for this person on this day.

    levels: for each combination of readings (one, where nothing is disputed), the levels it may come to, as bits of
    `values.verdict`. From these the result can be recomputed.
    missing: the facts that could still settle it.
    """

    entry: Entry
    verdict: Verdict
    because: Because | None
    levels: tuple[int, ...]
    missing: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """One word: the verdict, or why it is undetermined; `below_reference` where not met means that."""
        if self.verdict is Verdict.NOT_MET and self.entry.effect == "reference":
            return "below_reference"
        return self.verdict.value if self.because is None else self.because.value

    @property
    def turns_away(self) -> bool:
        """Whether it is a condition that decides and is not met, for certain or as a secondary source leans."""
        failing = self.verdict is Verdict.NOT_MET or self.because is Because.SECONDARY
        return failing and self.entry.part == "condition" and decides(self.entry)


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know that does not change the result; `entry` says it, unless it concerns the law as a whole."""

    kind: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A planning anchor: the amount of the day (cents; None when unknown) and where the person stands.

    stands: above (at or above), below, unknown, or no_rule_known.
    """

    entry: Entry
    low: int | None
    high: int | None
    first: date | None
    stands: str


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """The result if one follows this reading of the disputed point `key` (the id of a line of law)."""

    key: str
    reading: str
    by: str
    at: str
    grade: str
    says: str
    result: Result


@dataclass(frozen=True, slots=True)
class Split:
    """A settled result that holds whatever the unknown facts are: each case of `facts` gives it for its own reasons."""

    facts: tuple[str, ...]
    cases: tuple[tuple[Reason, ...], ...]


@dataclass(frozen=True)
class Finding:
    """The answer for one pathway on one day. `reasons` holds every line of law that was judged, in the law's order."""

    pathway: Pathway
    on: date
    result: Result
    reasons: tuple[Reason, ...]
    gate_fails: bool = False
    instead: tuple[str, ...] = ()
    channels: tuple[tuple[Entry, Result], ...] = ()
    weighs: tuple[Entry, ...] = ()
    weighed: dict[str, tuple[Weighed, ...]] = field(default_factory=dict)
    """What an authority weighs or may come to weigh, by line of law that is not settled (`decide.weighed`)."""
    cautions: tuple[Caution, ...] = ()
    anchors: tuple[Standing, ...] = ()
    missing: tuple[str, ...] = ()
    readings: tuple[ReadingResult, ...] = ()
    split: Split | None = None
    no_rule: bool = False
    hope: float = 0.0
    """How likely it is not to close, while it is undetermined: puts findings in order, and says nothing else."""
    notes: dict[str, str] = field(default_factory=dict)

    def reason(self, id: str) -> Reason:
        """Return the reason for the line of law `id`; raises KeyError."""
        for r in self.reasons:
            if r.entry.id == id:
                return r
        raise KeyError(id)

    @property
    def decisive(self) -> tuple[Reason, ...]:
        """The reasons that carry the result, in the law's order."""
        if self.result is Result.CLOSED:
            ways = [r.verdict for r in self.reasons if r.entry.part == "channel"]
            no_way = all(verdict is Verdict.NOT_MET for verdict in ways)
            parts = ("gate",) if self.gate_fails else ("condition", "channel") if no_way else ("condition",)
            return tuple(
                r for r in self.reasons if r.entry.part in parts and r.verdict is Verdict.NOT_MET and decides(r.entry)
            )
        if self.result is Result.NOT_NEEDED:
            return tuple(r for r in self.reasons if r.entry.part == "exemption" and r.verdict is Verdict.MET)
        if self.result is Result.CONTESTED:
            return tuple(r for r in self.reasons if r.because is Because.CONTESTED and decides(r.entry))
        if self.result is Result.UNDETERMINED:
            return tuple(r for r in self.reasons if r.verdict is Verdict.UNDETERMINED and decides(r.entry))
        return tuple(r for r in self.reasons if r.entry.part in ("gate", "condition", "channel") and decides(r.entry))


def decides(entry: Entry) -> bool:
    """Whether the line of law can change a result."""
    return entry.effect == "decides" and entry.part not in ("caution", "anchor")
