"""Choices of a family: if this person applies for this stay, what do the others get, and which choice opens most.

Who may join whom is decided by the pathways of family reunification themselves, over what follows for the one who joins
from the stay the other would have (`household.joining`). Nothing about that is written here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from sojourn.decide.assess import assess
from sojourn.decide.finding import Finding
from sojourn.decide.household import Answer, Applicant, has_a_stay, joining
from sojourn.law.household import Derivation
from sojourn.law.model import ABOUT_MEMBERS, Law, Test, walk
from sojourn.values.known import Exact, Known, NoneOf
from sojourn.values.verdict import Result

WAYS = (Result.OPEN, Result.CONTESTED, Result.UNDETERMINED, Result.CLOSED)
"""How good a way is, best first. A permit that is not needed is no way to live somewhere."""

Who = int | None
"""The number of a member; None is the person whose profile it is."""


@dataclass(frozen=True)
class Way:
    """One way for one person: by a pathway of one's own, by joining the main applicant, or by a right one has.

    pathway: None for a right one has already. joins: whether it hangs on the stay of the main applicant.
    result: what it comes to. if_granted: the same, once the main applicant has that stay.
    missing: what could still settle it, each with the person of whom it is to be said.
    """

    pathway: str | None
    joins: bool
    result: Result
    if_granted: Result
    finding: Finding | None = None
    missing: tuple[tuple[Who, str], ...] = ()


@dataclass(frozen=True)
class Share:
    """What one person gets from a choice: the best of the ways, and all of them, best first."""

    member: Who
    ways: tuple[Way, ...]

    @property
    def result(self) -> Result:
        """What the person gets."""
        return best(w.result for w in self.ways)

    @property
    def if_granted(self) -> Result:
        """What the person gets once the main applicant has the stay."""
        return best(w.if_granted for w in self.ways)


@dataclass(frozen=True)
class Choice:
    """One person as main applicant with one pathway, and what everybody gets from that.

    pathway: None for the right this person has already (or may have). gives: the hypothesis, what the stay adds to what
    is known of the person. shares: everybody, the main applicant among them, in the order of the family.
    rank: 1 for the choices that open most; equal choices share a rank.
    """

    member: Who
    pathway: str | None
    result: Result
    gives: dict[str, Known]
    shares: tuple[Share, ...]
    finding: Finding | None = None
    rank: int = 0

    def count(self, result: Result) -> int:
        """Return for how many persons it comes to `result`."""
        return sum(s.result is result for s in self.shares)

    @property
    def missing(self) -> tuple[tuple[Who, str], ...]:
        """What could settle more: of the main applicant, then of those who would join."""
        out: dict[tuple[Who, str], None] = {}
        if self.finding is not None:
            out |= dict.fromkeys((self.member, id) for id in self.finding.missing)
        for share in self.shares:
            if share.result is not Result.OPEN:
                for way in share.ways:
                    if way.joins or way.pathway is None:
                        out |= dict.fromkeys(way.missing)
        return tuple(out)


def best(results: Iterable[Result]) -> Result:
    """Return the best of several ways; closed where there is none."""
    return min(results, key=WAYS.index, default=Result.CLOSED)


def weaker(one: Result, other: Result) -> Result:
    """Return what two things come to that are both needed."""
    return max(one, other, key=WAYS.index)


def choices(law: Law, people: Sequence[Applicant], on: date, pathways: Iterable[str] | None = None) -> list[Choice]:
    """Return what every choice of a main applicant and a stay opens for the family, best first.

    people: everybody (`household.persons`). pathways: those that a main applicant may take; all that give a stay of
    one's own, and the right one has already, if left out. Choices that are closed are not among them. Who is surely
    under 18 applies for nothing, but may be joined by the right of a citizen or one that exists already.
    Sound: what is open or closed for somebody in a choice stays so, whatever becomes known.
    """
    if law.household is None or law.household.joining is None:
        return []
    joint = _Joint(law, people, on)
    named = None if pathways is None else set(pathways)
    found = [c for p in people for c in joint.choices_of(p, named)]
    ordered = sorted(enumerate(found), key=lambda x: (_standing(x[1]), WAYS.index(x[1].result), x[0]))
    out: list[Choice] = []
    for rank, (_, equal) in enumerate(groupby((c for _, c in ordered), key=_standing), start=1):
        out += [replace(c, rank=rank) for c in equal]
    return out


def _standing(choice: Choice) -> tuple[int, ...]:
    """Order by how many have an open way, then by how many may have one, then by what a grant would open."""
    of = [choice.count(x) for x in (Result.OPEN, Result.CONTESTED, Result.UNDETERMINED)]
    granted = [s.if_granted for s in choice.shares]
    return tuple(-n for n in (*of, granted.count(Result.OPEN), granted.count(Result.CONTESTED)))


class _Joint:
    """The family on one day; remembers what was worked out."""

    def __init__(self, law: Law, people: Sequence[Applicant], on: date) -> None:
        assert law.household is not None
        assert law.household.joining is not None
        self.law, self.people, self.on, self.rules = law, people, on, law.household.joining
        self.own = {p.member: self._own(p) for p in people}
        self.sources = _sources(law)
        ties = {d.fact for d in law.household.derivations}
        self.stated = self.sources.keys() - ties - self.rules.forgets
        self.joins: dict[tuple[Who, Who, frozenset[tuple[str, frozenset[str]]]], tuple[Way, ...]] = {}

    def choices_of(self, main: Applicant, named: set[str] | None) -> Iterator[Choice]:
        for way in self.own[main.member]:
            if not main.applies and way.pathway is not None and self.rules.gives[way.pathway]:
                continue
            if way.pathway is None:
                if named is None:
                    yield self._choice(main, way, {})
            elif named is None or way.pathway in named:
                yield self._choice(main, way, self.rules.gives[way.pathway])

    def _choice(self, main: Applicant, way: Way, gives: dict[str, frozenset[str]]) -> Choice:
        after = {id: _with(main.stated.get(id), values) for id, values in gives.items()}
        shares = []
        for p in self.people:
            if p.member == main.member:
                ways = [way]
            else:
                ways = [*self._joined(p, main, way.result, gives, after), *self.own[p.member]]
            shares.append(Share(p.member, tuple(sorted(ways, key=lambda w: WAYS.index(w.result)))))
        return Choice(main.member, way.pathway, way.result, after, tuple(shares), way.finding)

    def _own(self, who: Applicant) -> tuple[Way, ...]:
        """Return the ways of somebody that hang on nobody else, best first; none that is closed."""
        ways = []
        has = has_a_stay(self.law, who.facts, self.on)
        if has is not Answer.NO:
            result = Result.OPEN if has is Answer.YES else Result.UNDETERMINED
            looked_at = dict.fromkeys(_facts(self.rules.has))
            missing = tuple((who.member, id) for id in looked_at if not isinstance(who.facts.get(id), Exact))
            ways.append(Way(None, False, result, result, None, missing if result is not Result.OPEN else ()))
        for f in assess(self.law, who.facts, self.on, self.rules.gives):
            if f.result in WAYS and f.result is not Result.CLOSED:
                missing = tuple((who.member, id) for id in f.missing)
                ways.append(Way(f.pathway.id, False, f.result, f.result, f, missing))
        return tuple(sorted(ways, key=lambda w: WAYS.index(w.result)))

    def _joined(
        self,
        who: Applicant,
        main: Applicant,
        granted: Result,
        gives: dict[str, frozenset[str]],
        after: dict[str, Known],
    ) -> tuple[Way, ...]:
        """Return the ways of somebody who joins the main applicant, the closed ones too."""
        key = (who.member, main.member, frozenset(gives.items()))
        if key not in self.joins:
            joined = {**who.sees(main), **after}
            facts = joining(self.law, who, main, after, self.on)
            self.joins[key] = tuple(
                Way(f.pathway.id, True, f.result, f.result, f, tuple(self._missing(f, who, main, joined)))
                for f in assess(self.law, facts, self.on, self.rules.ways)
                if f.result in WAYS
            )
        return tuple(replace(w, result=weaker(granted, w.if_granted)) for w in self.joins[key])

    def _missing(
        self, finding: Finding, who: Applicant, main: Applicant, joined: dict[str, Known]
    ) -> Iterator[tuple[Who, str]]:
        """Yield what to say of whom: a fact that follows from others stands for those."""
        for id in finding.missing:
            if id not in self.sources:
                yield who.member, id
                continue
            theirs, own = self.sources[id]
            if id in self.stated:
                yield who.member, id
            for fact in theirs:
                if isinstance(joined.get(fact), Exact):
                    continue
                if not fact.startswith(ABOUT_MEMBERS):
                    yield main.member, fact
                elif None in (who.member, main.member):
                    yield (main.member if who.member is None else who.member), fact
            for fact in own:
                if not isinstance(who.facts.get(fact), Exact):
                    yield who.member, fact


def _with(known: Known | None, values: frozenset[str]) -> Known:
    """Return what is known of a set fact once these values are in it."""
    if isinstance(known, Exact):
        assert isinstance(known.value, frozenset)
        return Exact(known.value | values)
    if isinstance(known, NoneOf):
        return NoneOf(known.values - values, known.includes | values)
    return NoneOf(frozenset(), values)


def _sources(law: Law) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return for each fact that follows from the one joined: the facts of that one, and those of who joins."""
    assert law.household is not None
    assert law.household.joining is not None
    out: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    ties = [d for d in law.household.derivations if d.count is None]

    def take(d: Derivation, theirs: Iterable[Test | None]) -> None:
        of_joined, own = out.setdefault(d.fact, ({}, {}))
        for test in theirs:
            of_joined |= dict.fromkeys(_facts(test))
        if d.same_as:
            of_joined[d.same_as] = None
        own |= dict.fromkeys(_facts(d.you))

    for d in ties:
        take(d, (d.some, d.every))
    for d in law.household.joining.derivations:
        take(d, (d.joined,))
    return {id: (tuple(a), tuple(b)) for id, (a, b) in out.items()}


def _facts(test: Test | None) -> Iterator[str]:
    for t in walk(test):
        if hasattr(t, "fact"):
            yield t.fact
