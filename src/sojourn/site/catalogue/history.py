"""How a pathway changed through time: lines of law that began or ended, amounts that moved. Computed from the law."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sojourn.law.model import Pathway
from sojourn.site.catalogue.money import amounts_of
from sojourn.site.catalogue.series import series
from sojourn.words.language import Words


@dataclass(frozen=True, slots=True)
class Change:
    """What changed on a day. kind: began, ended, amount or start (the first day we know)."""

    day: date
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What changed on a day: in the law of one pathway, or the amounts that several rest on."""

    day: date
    changes: tuple[Change, ...]
    pathways: tuple[str, ...]

    @property
    def amounts(self) -> bool:
        """Whether amounts moved, rather than lines of law."""
        return self.changes[0].kind == "amount"


_SHOWN = ("gate", "exemption", "condition", "channel", "caution")


def history(w: Words, pathway: Pathway) -> list[tuple[date, tuple[Change, ...]]]:
    """Return the changes of a pathway by day, the newest first; the last is the first day for which we know the law."""
    days: dict[date, list[Change]] = {}
    for change in _changes(w, pathway):
        days.setdefault(change.day, []).append(change)
    return [(day, tuple(days[day])) for day in sorted(days, reverse=True)]


def moments(w: Words, until: date) -> list[Moment]:
    """Return the changes of law of all pathways up to a day, the newest first; an amount is told once a day."""
    law_days: dict[tuple[date, str], list[Change]] = {}
    amount_days: dict[date, dict[Change, dict[str, None]]] = {}
    for pathway in w.law.pathways.values():
        for change in _changes(w, pathway):
            if change.day > until:
                continue
            if change.kind == "amount":
                amount_days.setdefault(change.day, {}).setdefault(change, {})[pathway.id] = None
            else:
                law_days.setdefault((change.day, pathway.id), []).append(change)
    found = [Moment(day, tuple(listed), (id,)) for (day, id), listed in law_days.items()]
    for day, listed in amount_days.items():
        touched = dict.fromkeys(id for ids in listed.values() for id in ids)
        found.append(Moment(day, tuple(listed), tuple(touched)))
    return sorted(found, key=lambda m: (-m.day.toordinal(), m.amounts, m.pathways))


def _changes(w: Words, pathway: Pathway) -> Iterator[Change]:
    start = pathway.in_force.first
    if start:
        yield Change(start, "start", w.say("The first day for which we know this law."))
    for e in pathway.entries:
        if e.part not in _SHOWN:
            continue
        if e.period.first and e.period.first != start:
            yield Change(e.period.first, "began", w.line(pathway, e.id))
        if e.period.until:
            yield Change(e.period.until, "ended", w.line(pathway, e.id))
    for id in amounts_of(w.law, pathway):
        yield from amount_changes(w, id)


def amount_changes(w: Words, id: str) -> Iterator[Change]:
    """Yield each day on which an amount moved from one known value to another."""
    before = None
    for step in series(w.law, id):
        if step.exact is not None and before is not None and before.exact is not None and not step.seen:
            text = w.say(
                "{amount}: {new}, before {old}",
                amount=w.amount(id), new=w.money(step.exact), old=w.money(before.exact),
            )  # fmt: skip
            yield Change(step.first, "amount", text)
        before = step
