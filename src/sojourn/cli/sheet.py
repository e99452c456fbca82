"""What a jurist reviews: a pathway on a few pages, what we cover, and what can be asked."""

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from sojourn.cli.render import Page, match_text
from sojourn.decide.cases import finding_of
from sojourn.law.amounts import row_on, worth
from sojourn.law.basis import basis
from sojourn.law.model import (
    All,
    AnyOf,
    AtLeast,
    Cite,
    Cited,
    Conflict,
    Constant,
    Disputed,
    Entry,
    Holds,
    Member,
    Not,
    NotModelled,
    Number,
    OfAmount,
    OfDay,
    Pathway,
    Reaches,
    Reading,
    Test,
    Threshold,
    Weighed,
)  # fmt: skip
from sojourn.words.conflicts import CONFLICT
from sojourn.words.language import Words
from sojourn.words.register import review_words

WIDTH = 100
MOST_LINES = 8 * 66
"""Eight printed pages; what is signed is never cut, so the lay-out and then the cases make room."""
_LITTLE_WORD = 3
"""So many letters have the words that addresses leave out: de, het, les, und."""
_MOST_EXPLAINED = 24
_BREAKS = re.compile(r"(\s+|(?<=\w[/-])(?=[^\W\d]))")
"""Where a line may end: at a space, and inside an address or an id."""
_BY_ROOM = (
    ("loose", "explained"), ("dense", "explained"), ("dense", "named"), ("dense", "counted"), ("running", "named"),
    ("running", "counted"),
)  # fmt: skip


def sheet(w: Words, pathway: Pathway) -> str:
    """Return the review sheet of a pathway: all that is signed, the cases, one explanation where there is room."""
    lines: list[str] = []
    for layout, cases in _BY_ROOM:
        lines = list(Sheet(w, pathway, layout, cases).lines())
        if len(lines) <= MOST_LINES:
            break
    return "\n".join(lines) + "\n"


class Sheet:
    """One review sheet; each source stands once, at the end, by number.

    layout: "loose" (the rule stands under its sentence, each source on a line of its own), "dense" (a paragraph for
    each line of law) or "running" (one text for each part; people and documents by number, no title that its address
    repeats, no place twice in a row). cases: "explained", "named" or "counted".
    """

    def __init__(self, w: Words, pathway: Pathway, layout: str, cases: str) -> None:
        self.w, self.law, self.pathway, self.layout, self.told = w, w.law, pathway, layout, cases
        self.on = w.law.read_until
        self.basis = basis(w.law, pathway)
        self.running = layout == "running"
        self.numbers: dict[str, int] = {}
        self.cited: dict[str, str] = {}
        self.usual: date | None = None

    def lines(self) -> Iterator[str]:
        """Yield the lines, none longer than WIDTH."""
        yield from self.head()
        for part, entries in groupby(self.pathway.entries, key=lambda e: e.part):
            lines = list(entries)
            self.usual = self.usual_day(lines)
            usual = f" (from {self.usual}, unless another day stands)" if self.usual else ""
            if self.running:
                yield from self.section(f"{part.upper()}S{usual}", (f"■ {'| '.join(self.entry(e))}" for e in lines))
                continue
            yield from self.title(f"{part.upper()}S{usual}")
            for e in lines:
                says, *rest = self.entry(e)
                if self.layout == "loose":
                    yield from [*wrap(says), *wrap(" | ".join(rest), 2)]
                else:
                    yield from wrap(" | ".join([says, *rest]))
        yield from self.amounts()
        yield from self.facts()
        yield from self.beside()
        yield from self.sources()
        yield from self.cases()
        yield from self.title("Reviewed by: ______________________   on: ____________   of digest: ________________")

    def head(self) -> Iterator[str]:
        p = self.pathway
        until = f" until {p.in_force.until}" if p.in_force.until else ""
        region = f"region {p.region}" if p.region else "the whole country"
        terms = "".join(f"; {language}: {term}" for language, term in p.terms.items())
        yield from wrap(f"{self.w.line(p, 'title')} ({p.id}), {region}{terms}")
        told = [
            f"in force from {p.in_force.first}{until}; law read until {self.on}",
            f"digest to sign: {p.digest}; {review_words(self.w, p)}",
        ]
        yield from wrap("; ".join(told)) if self.running else told
        beside = " The procedure is signed with the rule: `--procedure`." if p.procedure else ""
        numbers = (
            "H1, E1: who weighs and with which document; l.c.: the place of that source cited last; "
            "facts: `sojourn law facts`; "
            if self.running else ""
        )  # fmt: skip
        yield from wrap(
            f"[1]: source 1 of the list, official, or secondary where the list says (s), unless a grade follows; "
            f"{numbers}{{€…}}: an amount on {self.on}.{beside}"
        )

    def usual_day(self, entries: list[Entry]) -> date | None:
        """Return the first day of most of these lines, where it is told once for all; None where each tells its own."""
        if not self.running:
            return None
        [(day, count)] = Counter(e.period.first for e in entries if not e.seen).most_common(1) or [(None, 0)]
        return day if count * 2 > len(entries) else None

    def since(self, e: Entry) -> str:
        """Return from when a line holds, unless its part says so for all."""
        if e.seen:
            return f" seen {e.seen}"
        if e.period.first == self.usual:
            return ""
        return f" from {e.period.first or self.pathway.in_force.first}"

    def title(self, text: str) -> list[str]:
        return ["", text] if self.layout == "loose" else [text]

    def section(self, title: str, items: Iterable[str]) -> list[str]:
        """Return the items below each other, in one text, or behind their title, as room allows."""
        if self.running:
            return wrap(f"{title}: {' '.join(items)}", 0, 0)
        if self.layout == "dense":
            return [*self.title(title), *wrap(" ".join(items))]
        return [*self.title(title), *(line for item in items for line in wrap(item))]

    def entry(self, e: Entry) -> list[str]:
        """Return the parts of a line of law: its sentence first, then all that is signed with it."""
        until = f" until {e.period.until}" if e.period.until else ""
        sort = e.caution or ("" if e.effect == "decides" else e.effect)
        says = f"{e.id}{f' [{sort}]' if sort else ''}{self.since(e)}{until}: {self.w.line(self.pathway, e.id)}"
        parts = [says]
        if e.test is not None and self.running:
            parts = [f"{says} = {self.test(e.test, e.id)}"]
        elif e.test is not None:
            parts.append(f"= {self.test(e.test, e.id)}")
        if e.amount:
            parts.append(f"{e.fact} beside {self.amount(e.amount)}")
        if e.by:
            parts.append(f"weighed by {self.who(e.by)}{self.shown(e.shown_by)}")
        parts.append("; ".join(map(self.cite, (e.cite, *e.also))))
        parts += [f'{language} "{text}"' for language, text in e.quote]
        instead = f" → {', '.join(e.instead)}" if e.instead else ""
        if e.better:
            parts.append(f"else: {self.w.line(self.pathway, f'{e.id}.better')}{instead}")
        elif e.lasts:
            parts.append(f"lasts: {self.w.line(self.pathway, f'{e.id}.lasts')}{instead}")
        return parts

    def cite(self, cite: Cite) -> str:
        usual = "secondary" if self.law.sources[cite.source].kind == "secondary" else "official"
        again = self.running and self.cited.get(cite.source) == cite.at and len(cite.at) > len("l.c.")
        self.cited[cite.source] = cite.at
        grade = "" if cite.grade == usual else f" ({cite.grade})"
        return f"[{self.number(cite.source)}] {'l.c.' if again else cite.at}{grade}"

    def number(self, source: str) -> int:
        return self.numbers.setdefault(source, len(self.numbers) + 1)

    def who(self, helper: str) -> str:
        if helper and self.running:
            return f"H{self.basis.helpers.index(helper) + 1}"
        return self.w.helper(helper) if helper else "the authority"

    def short(self, helper: str) -> str:
        return self.who(helper) if self.running else helper

    def shown(self, evidence: tuple[str, ...]) -> str:
        if self.running:
            return "".join(f" E{self.basis.evidence.index(id) + 1}" for id in evidence)
        names = ", ".join(map(self.w.evidence, evidence))
        return f", shown by {names}" if evidence else ""

    def amount(self, id: str) -> str:
        return f"{id} {{{self.worth(id)}}}"

    def worth(self, id: str) -> str:
        amount = self.law.amounts[id]
        least = max((self.law.facts[fact].least or 0 for fact in amount.facts), default=0)
        x = worth(self.law.amounts, id, self.on, least)
        if x.low is None or x.high is None:
            return "not known"
        value = self.w.money(x.low) if x.low == x.high else f"{self.w.money(x.low)} to {self.w.money(x.high)}"
        return f"from {value}, by {', '.join(amount.facts)}" if amount.facts else value

    def amounts(self) -> Iterator[str]:
        """Yield the amounts that the rule uses, with what they are worth on the day and where that stands."""
        if not self.basis.amounts:
            return
        title = f"AMOUNTS (on {self.on}; all rows are signed)"
        if self.running:
            yield from self.section(title, (f"■ {text}" for text in self.amount_rows()))
            return
        yield from self.title(title)
        for text in self.amount_rows():
            yield from wrap(text)

    def amount_rows(self) -> Iterator[str]:
        for id in self.basis.amounts:
            amount = self.law.amounts[id]
            row = row_on(amount, self.on)
            parts = [f"{id}: {self.w.amount(id)}: {self.worth(id)}"]
            if row:
                since = f"{'seen' if row.seen else 'since'} {row.first}"
                parts += [f"{since}{f' until {row.until}' if row.until else ''}", row.unknown, row.derived]
            parts.append(amount.formula)
            parts += [self.cite(c) for c in (row.cite if row else None, amount.cite) if c]
            if len(amount.rows) > 1:
                parts.append(f"{len(amount.rows)} rows from {amount.rows[0].first}")
            parts.append(self.conflicts(id))
            yield ", ".join(filter(None, parts))

    def conflicts(self, id: str) -> str:
        """Return what sources print otherwise than the rows of an amount; empty where none does.

        Where room is short, those of other days are only counted: each stands beside its row.
        """
        amount = self.law.amounts[id]
        today = row_on(amount, self.on)
        printed = [(r, c) for r in amount.rows for c in r.conflicts]
        told = [self.conflict(r.first, c) for r, c in printed if not self.running or r is today]
        if len(told) < len(printed):
            told.append(f"{len(printed) - len(told)} on other days, in law/amounts/")
        return f"printed otherwise: {'; '.join(told)}" if told else ""

    def conflict(self, first: date, c: Conflict) -> str:
        """Return what a source prints otherwise than the row from `first` on."""
        printed = c.day if c.cents is None else f"{self.w.money(c.cents)}{' a year' if c.yearly else ''}"
        return f"{printed} for {first} [{self.number(c.source)}] {c.at} ({CONFLICT[c.fault]})"

    def facts(self) -> Iterator[str]:
        """Yield what each fact means, where there is room."""
        if not self.running:
            named = (f"{id}: {self.w.fact(id)}." for id in self.basis.facts)
            yield from self.section("FACTS (`sojourn law facts` lists their values)", named)

    def beside(self) -> Iterator[str]:
        """Yield what we do not decide, who weighs and helps, and the documents."""
        if self.pathway.not_modelled:
            yield from self.section("NOT MODELLED", (f"- {text}" for text in self.w.not_modelled(self.pathway)))
        named = (
            f"{f'H{i}' if self.running else f'{id}:'} {self.w.helper(id)}."
            for i, id in enumerate(self.basis.helpers, 1)
        )
        whole = self.running and list(self.pathway.who_helps) == list(self.basis.helpers)
        yield from self.section(
            "WHO HELPS, ALL"
            if whole
            else f"WHO HELPS: {', '.join(map(self.short, self.pathway.who_helps)) or 'nobody is named'}",
            named,
        )
        if self.running and self.basis.evidence:
            papers = enumerate(self.basis.evidence, 1)
            yield from self.section("EVIDENCE", (f"E{i} {self.w.evidence(id)};" for i, id in papers))

    def sources(self) -> Iterator[str]:
        """Yield the sources that were cited above."""
        listed = [self.source(id, number) for id, number in self.numbers.items()]
        if behind := len(set(self.basis.sources) - self.numbers.keys()):
            listed.append(f"{behind} more stand behind other rows of the amounts, in law/amounts/.")
        yield from self.section("SOURCES (https:// left out)", listed)

    def source(self, id: str, number: int) -> str:
        source = self.law.sources[id]
        mark = "(s) " if source.kind == "secondary" else ""
        address = source.url.removeprefix("https://")
        if self.running and says_the_title(address, source.title):
            return f"[{number}] {mark}{address}"
        return f"[{number}] {mark}{source.title} — {address or 'no address'}"

    def cases(self) -> Iterator[str]:
        """Yield the worked cases by result, as far as there is room."""
        by_result: dict[str, list[str]] = {}
        for c in self.pathway.cases:
            name = c.name if c.on == self.on else f"{c.name} ({c.on})"
            by_result.setdefault(c.expect.get("result", "other"), []).append(name)
        all_hold = f"CASES ({len(self.pathway.cases)}, all hold; on {self.on} where no day is given)"
        if self.told == "counted":
            counts = ", ".join(f"{len(names)} {result}" for result, names in by_result.items())
            yield from wrap(f"{all_hold}: {counts}; they stand in {self.pathway.folder}/cases.yaml")
            return
        yield from self.title(all_hold)
        for result, names in by_result.items():
            yield from wrap(f"{result} ({len(names)}): {'; '.join(names)}")
        if self.told == "explained" and self.pathway.cases:
            yield from [*self.title("EXPLANATION OF THE FIRST CASE"), *self.explanation()]

    def explanation(self) -> list[str]:
        """Return the first lines of what the applicant of the first case reads."""
        case = self.pathway.cases[0]
        found = finding_of(self.law, self.pathway, case)
        return match_text(self.w, [found], case.on, Page(90, colour=False)).splitlines()[:_MOST_EXPLAINED]

    # --- tests

    def test(self, test: Test, owner: str) -> str:
        """Return a test as a sentence of conditions, as the author wrote it; `owner`: the line it stands in."""
        match test:
            case All(tests):
                return _exact(self, tests) or " and ".join(self.inner(t, owner) for t in tests)
            case AnyOf(tests):
                return _exact(self, tests) or " or ".join(self.inner(t, owner) for t in tests)
            case AtLeast(count, tests):
                return f"at least {count} of: " + "; ".join(self.inner(t, owner) for t in tests)
            case Not(Member() | Holds() | Reaches() as t):
                return self.compared(t, denied=True)
            case Not(t):
                return f"not ({self.test(t, owner)})"
            case Cited(cite, t):
                return f"{self.inner(t, owner)} <{self.cite(cite)}>"
            case Weighed(id, by, shown_by, when):
                guard = f" if {self.inner(when, owner)}" if when else ""
                return f"{self.who(by)} weighs {id}{self.shown(shown_by)}{guard}"
            case Disputed(readings=readings):
                return f"DISPUTED {{{'; '.join(self.reading(r, owner) for r in readings)}}}"
            case NotModelled(why, key):
                texts = self.pathway.texts["en"]
                return f"not modelled: {self.w.line(self.pathway, key) if key in texts else why}"
            case Constant(value):
                return "holds" if value else "does not hold"
            case Member() | Holds() | Reaches():
                return self.compared(test, denied=False)
        raise AssertionError(test)

    def compared(self, test: Member | Holds | Reaches, *, denied: bool) -> str:
        if isinstance(test, Reaches):
            if isinstance(test.threshold, OfDay) and test.threshold.how == "passed" and denied:
                return f"{_span(test.threshold)} passed since {test.fact}"
            if isinstance(test.threshold, OfDay) and test.threshold.how == "ahead":
                return f"{test.fact} {'less than' if denied else 'at least'} {_span(test.threshold)} ahead"
            return f"{test.fact} {self.threshold(test.fact, test.threshold, *(('<', '≤') if denied else ('≥', '>')))}"
        word = "is" if isinstance(test, Member) else "has"
        deny = {"is": "is not", "has": "has no" if self.running else "has none of"}
        return f"{test.fact} {deny[word] if denied else word} {self.listed(test.fact, test.values)}"

    def inner(self, test: Test, owner: str) -> str:
        text = self.test(test, owner)
        return f"({text})" if isinstance(test, All | AnyOf) else text

    def reading(self, r: Reading, owner: str) -> str:
        says = self.w.line(self.pathway, f"{owner}.{r.id}")
        return f"{r.id}: “{says}” {self.cite(r.cite)}: {self.test(r.test, owner)}"

    def listed(self, fact: str, values: frozenset[Any]) -> str:
        for id, members in self.law.groups.items():
            if values == members:
                return id
        shown = sorted(map(str, values))
        bar = "/" if self.running else " / "
        return shown[0].lower() if self.law.facts[fact].type == "bool" else bar.join(shown)

    def threshold(self, fact: str, at: Threshold, sign: str, strict: str) -> str:
        """Return the comparison with the number, amount or day that the author wrote, strict where it is."""
        sign = strict if at.plus else sign
        if isinstance(at, Number):
            text = self.w.number(self.law.facts[fact], at.value - at.plus)
        elif isinstance(at, OfAmount):
            text = self.amount(at.amount)
        else:
            text = "filing day"
        return f"{sign} {text}".strip()


def _exact(sheet: Sheet, tests: tuple[Test, ...]) -> str:
    """Return the comparison that was read as two (`is`, `is_not`, `not_older_than`), or nothing."""
    match tests:
        case (Reaches(fact, OfDay(how="not-older") as span), _):
            return f"{fact} not older than {_span(span)}"
        case (Reaches(fact, Number() as at), Not(Reaches(_, Number() as above))) if (
            at.value + above.plus == above.value
        ):
            return f"{fact} is {sheet.threshold(fact, at, '', '')}"
        case (Not(Reaches(fact, Number() as at)), Reaches(_, Number() as above)) if (
            at.value + above.plus == above.value
        ):
            return f"{fact} is not {sheet.threshold(fact, at, '', '')}"
    return ""


def _span(at: OfDay) -> str:
    spans = [(at.working_days, "working days"), (at.years, "years"), (at.months, "months"), (at.days, "days")]
    saturday = " (Saturday counts)" if at.saturday_counts else ""
    return (
        " + ".join(f"{count} {unit if count > 1 else unit.removesuffix('s')}" for count, unit in spans if count)
        + saturday
    )


def says_the_title(address: str, title: str) -> bool:
    """Whether each word of a title that tells something stands in an address, so that the address says it too."""
    spelt = slug(address)
    return all(word in spelt for word in slug(title).split("-") if len(word) > _LITTLE_WORD)


def slug(text: str) -> str:
    """Return text as an address spells it: without accents and capitals, hyphens for everything else."""
    plain = unicodedata.normalize("NFD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def wrap(text: str, indent: int = 0, hanging: int = 2) -> list[str]:
    """Return `text` as lines of a sheet, those after the first `hanging` further in."""
    wrapper = textwrap.TextWrapper(
        WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + hanging), break_on_hyphens=False
    )
    wrapper.wordsep_simple_re = _BREAKS
    return wrapper.wrap(text)


__all__ = ["Sheet", "sheet", "wrap"]
