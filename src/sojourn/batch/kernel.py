"""The kernel: a chunk of rows through the law, all rows at once.

Nothing is decided here. Rows that no test can tell apart are one class (see `classes`). Each line of law and each
contradiction is a table over the classes of its facts, the result of a pathway a table over its exact form (see
`lookup`); what stands in them comes from the engine that decides one person, asked once for each combination of classes
that occurs.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from sojourn.batch.classes import Look, Sorter, cell_look, look
from sojourn.batch.exact import Exact
from sojourn.batch.lookup import UNSEEN, Code, Table
from sojourn.batch.rows import DAY, Days, Rows
from sojourn.decide.assess import Engine, Line, Ready, engine
from sojourn.decide.day import Day
from sojourn.decide.evaluate import Atom, compared, possible
from sojourn.decide.finding import WORDS
from sojourn.decide.program import Segment
from sojourn.decide.variables import Choosing
from sojourn.law.model import Contradiction, Entry, Holds, Law, Member, OfAmount, Pathway, Reaches, Test, walk
from sojourn.values import verdict as v
from sojourn.values.known import Known
from sojourn.values.verdict import Result

RESULT_WORDS = tuple(r.value for r in Result)
ABSENT = 254
"""The answer of a line of law that is not in force."""
MOST_CODES = 4096
"""How many codes the table of a line looks up at once, by and large."""


@dataclass(frozen=True)
class Asked:
    """A table, and from the days of the rows to the state in which it begins."""

    name: str
    table: Table
    start: Callable[[Days], Code]


class Kernel:
    """One body of law over tables. Keeps what it has learnt. May be shared between threads."""

    def __init__(self, law: Law, pathways: Iterable[str], *, conditions: bool) -> None:
        self.law = law
        self.pathways = [law.pathways[id] for id in pathways]
        self.engine: Engine = engine(law)
        tests = [e.test for p in self.pathways for e in p.entries if e.part != "anchor"]
        atoms = [a for test in (*tests, *(c.test for c in law.contradictions)) for a in _atoms(test)]
        self.facts = compared(law, atoms)
        """The facts that something looks at."""
        read = self.engine.day(law.read_until)
        self.sorters = {id: Sorter(law.facts[id], atoms, read) for id in self.facts if not law.facts[id].is_number}
        self._looks: dict[Hashable, Look] = {}
        self._contradictions = [self._contradiction(c) for c in law.contradictions]
        self._lines = {
            p.id: [self._line(p, i, e) for i, e in enumerate(p.entries) if conditions and _reported(e)]
            for p in self.pathways
        }
        self._results: dict[Hashable, Exact] = {}
        self._days: dict[tuple[date, ...], Days] = {}

    def days(self, days: Sequence[date]) -> Days:
        """Return these days, with what was found out about them before."""
        key = tuple(days)
        if key not in self._days:
            if len(self._days) > 100:
                self._days.clear()
            self._days[key] = Days([self.engine.day(on) for on in key])
        return self._days[key]

    def pathway(self, pathway: Pathway, rows: Rows) -> pl.DataFrame:
        """Return the column of results and, if asked, a column for each line of law (see `Reason.word`)."""
        lines = self._lines[pathway.id]
        numbers = pl.DataFrame({pathway.id: self._result(pathway, rows), **self._answer(lines, rows)})
        most = numbers.max().row(0, named=True) if rows.height else {}
        words = {a.name: _word(a.name, WORDS, absent=most.get(a.name) == ABSENT) for a in lines}
        return numbers.select(**{pathway.id: _word(pathway.id, RESULT_WORDS, absent=False)}, **words)

    def contradicting(self, rows: Rows) -> list[tuple[Contradiction, list[int]]]:
        """Return the contradictions between facts that certainly hold, with the rows in which they do."""
        answers = self._answer(self._contradictions, rows)
        found = [(c, (answers[c.id] == 1).arg_true().to_list()) for c in self.law.contradictions]
        return [(c, where) for c, where in found if where]

    def _answer(self, asked: Sequence[Asked], rows: Rows) -> dict[str, pl.Series]:
        rows.need(s for a in asked for s in a.table.sources)
        return _answer(asked, rows.frame, rows.codes, rows.days)

    # --- what is asked of the facts of some comparisons

    def _asked(
        self,
        name: str,
        atoms: Sequence[Atom],
        version: Callable[[Days], Sequence[Hashable]],
        answer: Callable[[Day, dict[str, Known]], int],
    ) -> Asked:
        """Return the table of something asked of the facts of some comparisons.

        version: for each day what of the law is asked. answer: the answer on a day, for what is known of the facts.
        A state is a day, on behalf of all days on which each code means the same, and what was seen of each fact.
        """
        sources = [self.sorters.get(id) or self._look(id, atoms) for id in compared(self.law, atoms)]
        looks = [s for s in sources if isinstance(s, Look) and not s.steady]
        like: list[dict[Hashable, int]] = [{} for _ in sources]
        alike: dict[Hashable, Day] = {}
        answered: dict[Hashable, int] = {}

        def step(k: int, state: tuple[Any, ...], code: int) -> tuple[Any, ...]:
            source = sources[k]
            return (*state, like[k].setdefault(source.seen(code, atoms), code) if isinstance(source, Sorter) else code)

        def end(state: tuple[Any, ...]) -> int:
            if state not in answered:
                key, *codes = state
                day = alike[key]
                facts = {s.fact.id: s.known(c, day) for s, c in zip(sources, codes, strict=True)}
                answered[state] = answer(day, {id: known for id, known in facts.items() if known is not None})
            return answered[state]

        def starts(days: Days) -> list[int]:
            numbers: dict[Hashable, int] = {}
            out = []
            for day, own in zip(days.days, version(days), strict=True):
                key = (own, *[s.order(day) for s in looks])
                if key not in numbers:
                    alike.setdefault(key, day)
                    numbers[key] = table.start((key,))
                out.append(numbers[key])
            return out

        table = Table(sources, step, end, MOST_CODES)
        return Asked(name, table, lambda days: days.code(table, lambda: starts(days)))

    def _look(self, id: str, atoms: Sequence[Atom]) -> Look:
        own = look(self.law, self.law.facts[id], atoms, self.engine.era)
        return self._looks.setdefault(own.key, own)

    def _contradiction(self, c: Contradiction) -> Asked:
        return self._asked(
            c.id,
            _atoms(c.test),
            lambda days: [None] * len(days.days),
            lambda day, facts: int(possible(c.test, facts, day) == v.MET),
        )

    def _line(self, pathway: Pathway, number: int, entry: Entry) -> Asked:
        atoms = _atoms(entry.test)
        amounts = {a.threshold.amount for a in atoms if isinstance(a, Reaches) and isinstance(a.threshold, OfAmount)}

        def on(ready: Ready | None) -> Line | None:
            if ready is None or number not in ready.segment.lines:
                return None
            return ready.lines[ready.segment.lines.index(number)]

        def version(days: Days) -> list[Hashable]:
            readies = self._readies(pathway, days)
            of: dict[int, Hashable] = {}
            for ready in readies:
                if id(ready) not in of:
                    line = on(ready)
                    of[id(ready)] = ready and line and (line.open, frozenset(ready.segment.weak & amounts))
            return [of[id(ready)] for ready in readies]

        def answer(day: Day, facts: dict[str, Known]) -> int:
            ready = self.engine.ready(pathway, day.on)
            line = on(ready)
            return WORDS.index(self.engine.reason(ready, line, facts, day).word) if ready and line else ABSENT

        return self._asked(f"{pathway.id}.{entry.id}", atoms, version, answer)

    def _readies(self, pathway: Pathway, days: Days) -> list[Ready | None]:
        """Return the pathway made ready for each day."""
        if pathway.id not in days.found:
            days.found[pathway.id] = [self.engine.ready(pathway, day.on) for day in days.days]
        found: list[Ready | None] = days.found[pathway.id]
        return found

    # --- results

    def _result(self, pathway: Pathway, rows: Rows) -> pl.Series:
        """Return the number of the result of each row."""
        segments = [ready.segment if ready else None for ready in self._readies(pathway, rows.days)]
        distinct = list({s.first: s for s in segments if s}.values())
        exact = self._exact(pathway, distinct if len(distinct) == 1 else self.engine.compiled.segments(pathway.id))
        start = rows.days.code(exact, lambda: [exact.start(s) for s in segments])
        return self._answer([Asked(pathway.id, exact.table, lambda _: start)], rows)[pathway.id]

    def _exact(self, pathway: Pathway, segments: Sequence[Segment]) -> Exact:
        key = (pathway.id, *(s.first for s in segments))
        if key not in self._results:
            self._results[key] = Exact(
                segments, self._source_of, lambda s: self.engine.day(s.first), lambda r: RESULT_WORDS.index(r.value)
            )
        return self._results[key]

    def _source_of(self, segment: Segment, i: int) -> Sorter | Look:
        variable = segment.variables[i]
        assert not isinstance(variable, Choosing)
        if variable.fact in self.sorters:
            return self.sorters[variable.fact]
        own = cell_look(self.law.facts[variable.fact], segment.cuts[i], self.engine.era)
        return self._looks.setdefault(own.key, own)


# --- answers -------------------------------------------------------------------------------------------------------


def _answer(asked: Sequence[Asked], frame: pl.DataFrame, codes: Mapping[str, Code], days: Days) -> dict[str, pl.Series]:
    """Return for each table its answer for each row; what it has not learnt yet, it learns."""
    starts = {a.name: a.start(days) for a in asked}
    answers = {a.name: a.table.answers(starts[a.name], codes) for a in asked}
    made = frame.select(**{name: answer for name, answer in answers.items() if not isinstance(answer, int)})
    most = made.max().row(0, named=True) if made.width and frame.height else {}
    out: dict[str, pl.Series] = {}
    for a in asked:
        answer = answers[a.name]
        if isinstance(answer, int):
            learnt = a.table.learn(frame, starts[a.name], codes) if answer == UNSEEN else answer
            assert isinstance(learnt, int)
            out[a.name] = _same(learnt, frame.height)
        elif most.get(a.name) == UNSEEN:
            unseen = (made[a.name] == UNSEEN).arg_true()
            own = dict.fromkeys((DAY, *(s.name for s in a.table.sources)))
            lost = frame.select(name for name in own if name in frame.columns)[unseen]
            learnt = a.table.learn(lost, starts[a.name], codes)
            out[a.name] = made[a.name].scatter(unseen, learnt)
        else:
            out[a.name] = made[a.name]
    return out


def _same(code: int, height: int) -> pl.Series:
    return pl.Series([code], dtype=pl.UInt8).new_from_index(0, height)


def _word(name: str, words: tuple[str, ...], *, absent: bool) -> pl.Expr:
    """Return the words with the numbers of a column; none where a line is not in force."""
    number = pl.when(pl.col(name) != ABSENT).then(pl.col(name)) if absent else pl.col(name)
    return number.cat.to(pl.Enum(words))


def _reported(entry: Entry) -> bool:
    return entry.part not in ("caution", "anchor")


def _atoms(test: Test | None) -> list[Atom]:
    return [t for t in walk(test) if isinstance(t, Member | Holds | Reaches)]


__all__ = ["RESULT_WORDS", "Kernel"]
