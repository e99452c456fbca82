"""The choices of a family in words: who as main applicant, with which stay, and what everybody gets from it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sojourn.decide.household import Applicant
from sojourn.decide.joint import Choice, Share, Way, Who
from sojourn.law.household import RELATION
from sojourn.values.known import Exact
from sojourn.values.verdict import Because, Result
from sojourn.words.findings import SIGNS, verdict
from sojourn.words.language import Words
from sojourn.words.told import Warned, tell

SHARES = {
    Result.OPEN: "a way is open",
    Result.CONTESTED: "it depends on a disputed point",
    Result.UNDETERMINED: "we need to know more",
    Result.CLOSED: "no way found in this choice",
}
CERTAIN = (Result.OPEN, Result.CONTESTED)
MOST_WAYS, MOST_MISSING = 3, 8


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay by name; `pathway` is empty for a right that exists already."""

    pathway: str
    text: str


@dataclass(frozen=True, slots=True)
class ToldShare:
    """What one person gets: the word, the ways to it, why not, and what to mind."""

    who: str
    main: bool
    result: Result
    sign: str
    word: str
    if_granted: str
    ways: tuple[Stay, ...]
    more_ways: int
    reasons: tuple[str, ...]
    warned: tuple[Warned, ...]


@dataclass(frozen=True, slots=True)
class ToldCaution:
    """A caution of a choice, and whom it concerns."""

    title: str
    text: str
    whom: str


@dataclass(frozen=True, slots=True)
class ToldChoice:
    """Choices of one person that come to the same for everybody: `stays` names them."""

    rank: int
    who: str
    stays: tuple[Stay, ...]
    result: Result
    sign: str
    word: str
    tally: str
    assumed: str
    shares: tuple[ToldShare, ...]
    cautions: tuple[ToldCaution, ...]
    missing: tuple[str, ...]
    more_missing: int


def name(w: Words, people: Sequence[Applicant], member: Who) -> str:
    """Return who this is: you, or a member by number and relation."""
    if member is None:
        return w.say("You")
    relation = people[0].household.members[member].get(RELATION)
    known = w.law.facts[RELATION]
    said = w.value(known, relation.value) if isinstance(relation, Exact) else w.known(known, relation)
    return w.say("Member {number}: {relation}", number=member + 1, relation=said)


def tell_choices(w: Words, people: Sequence[Applicant], choices: Iterable[Choice]) -> list[ToldChoice]:
    """Return the choices in words, best first; those of one person that come to the same stand together.

    Who surely has a right already reads of no other stay that opens less than that right does.
    """
    alike: dict[tuple[object, ...], list[Choice]] = {}
    listed = list(choices)
    has = {c.member: c.rank for c in listed if c.pathway is None and c.result is Result.OPEN}
    for c in listed:
        if c.rank > has.get(c.member, c.rank):
            continue
        shares = tuple(_what_is_told(s) for s in c.shares if s.member != c.member)
        alike.setdefault((c.rank, c.member, c.result, c.pathway is None, _minded(w, c), shares), []).append(c)
    return [_choice(w, people, cs) for cs in alike.values()]


def _minded(w: Words, choice: Choice) -> tuple[Warned, ...]:
    """Return what the main applicant has to mind."""
    certain = choice.finding is not None and choice.result in CERTAIN
    return tell(w, choice.finding).warned if certain and choice.finding else ()


def _what_is_told(share: Share) -> tuple[object, ...]:
    """Return what the words about one who is no main applicant turn on: results, ways, and why joining is in doubt."""
    ways = tuple(
        (
            x.pathway,
            x.joins,
            tuple((r.entry.id, r.word) for r in x.finding.decisive),
            tuple((c.kind, c.entry and c.entry.id) for c in x.finding.cautions),
        )
        if x.joins and x.finding
        else (x.pathway, x.joins)
        for x in share.ways
    )
    return share.member, share.result, share.if_granted, ways


def _choice(w: Words, people: Sequence[Applicant], alike: Sequence[Choice]) -> ToldChoice:
    first = alike[0]
    who = name(w, people, first.member)
    stays = tuple(_stay(w, c.pathway, c.result) for c in alike)
    missing = list(dict.fromkeys(x for c in alike for x in c.missing))
    several = len(first.shares)
    shares = tuple(_share(w, people, first, s) for s in first.shares)
    counted = [(first.count(r), r) for r in (Result.OPEN, Result.CONTESTED, Result.UNDETERMINED, Result.CLOSED)]
    return ToldChoice(
        rank=first.rank,
        who=who,
        stays=stays,
        result=first.result,
        sign=SIGNS[first.result],
        word=w.say(SHARES[first.result]),
        tally=", ".join(
            w.say("for {count} of {all}: {result}", count=n, all=several, result=w.say(SHARES[r]))
            for n, r in counted
            if n
        ),
        assumed=""
        if first.pathway is None
        else w.say("Assumed for the others: the main applicant is granted that stay. Nobody can promise it."),
        shares=shares,
        cautions=_cautions(shares),
        missing=tuple(f"{name(w, people, m)} — {w.fact(id)}" for m, id in missing[:MOST_MISSING]),
        more_missing=max(0, len(missing) - MOST_MISSING),
    )


def _cautions(shares: Sequence[ToldShare]) -> tuple[ToldCaution, ...]:
    """Return the cautions of everybody, each once."""
    whom: dict[tuple[str, str], list[str]] = {}
    for share in shares:
        for c in share.warned:
            whom.setdefault((c.title, c.text), []).append(share.who)
    return tuple(ToldCaution(title, text, ", ".join(who)) for (title, text), who in whom.items())


def _stay(w: Words, pathway: str | None, result: Result) -> Stay:
    if pathway is not None:
        return Stay(pathway, w.line(w.law.pathways[pathway], "title"))
    if result is Result.OPEN:
        return Stay("", w.say("a right to live in Belgium that exists already"))
    return Stay("", w.say("a right to live in Belgium that may exist already"))


def _share(w: Words, people: Sequence[Applicant], choice: Choice, share: Share) -> ToldShare:
    main = share.member == choice.member
    leading = share.ways[0] if share.ways else None
    known = [x for x in share.ways if x.if_granted is not Result.CLOSED]
    shown = [x for x in known if share.result is x.result or x.joins] if share.result is Result.OPEN else known
    joins = [x for x in share.ways if x.joins and x.finding is not None]
    better = share.if_granted is not share.result and not main
    certain = leading is not None and leading.result in CERTAIN
    about = leading is not None and (certain or (leading.joins and leading.result is not Result.CLOSED))
    told = tell(w, leading.finding) if about and leading is not None and leading.finding else None
    return ToldShare(
        who=name(w, people, share.member),
        main=main,
        result=share.result,
        sign=SIGNS[share.result],
        word=w.say(SHARES[share.result]),
        if_granted=w.say(SHARES[share.if_granted]) if better else "",
        ways=() if main else _ways(w, people, choice, shown),
        more_ways=0 if main else max(0, len(shown) - MOST_WAYS),
        reasons=_reasons(w, joins) if share.result is not Result.OPEN and not main else (),
        warned=told.warned if told else (),
    )


def _ways(w: Words, people: Sequence[Applicant], choice: Choice, ways: Sequence[Way]) -> tuple[Stay, ...]:
    out = []
    for way in ways[:MOST_WAYS]:
        stay = _stay(w, way.pathway, way.result)
        if way.joins:
            text = w.say("{title} (joins: {who})", title=stay.text, who=name(w, people, choice.member))
            stay = Stay(stay.pathway, text)
        out.append(stay)
    return tuple(out)


def _reasons(w: Words, joins: Sequence[Way]) -> tuple[str, ...]:
    """Return why joining is closed or in doubt, where no answer of the family is missing (those are listed apart)."""
    about = [x.finding for x in joins if x.finding is not None and not x.finding.gate_fails]
    lines = (
        f"{w.line(f.pathway, r.entry.id)} — {verdict(w, r)}"
        for f in about
        if f.result is not Result.OPEN
        for r in f.decisive
        if r.because not in (Because.APPRAISED, Because.NOT_ASKED)
    )
    return tuple(dict.fromkeys(lines))
