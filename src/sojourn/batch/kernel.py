"""The kernel: a chunk of rows through the law, all rows at once.

Nothing is decided here. Rows that no test can tell apart are one class (see `classes`). The exact form of a pathway is
followed, and its lines of law are judged, by the engine that decides one person: once for each combination of classes
that occurs.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from sojourn.batch.classes import Codes, Sorter, Table, Thresholds
from sojourn.batch.columns import Column
from sojourn.decide.assess import Engine, Line, Ready, engine
from sojourn.decide.day import Day
from sojourn.decide.diagram import Node
from sojourn.decide.evaluate import Atom, possible
from sojourn.decide.finding import WORDS
from sojourn.decide.program import RESULTS, Segment
from sojourn.law.model import Contradiction, Holds, Law, Member, OfAmount, Pathway, Reaches, walk
from sojourn.values import verdict as v
from sojourn.values.known import Known
from sojourn.values.verdict import Result

RESULT_WORDS = tuple(r.value for r in Result)
_UNDETERMINED = RESULT_WORDS.index(Result.UNDETERMINED.value)
_RESULT = "the result"


@dataclass
class Rows:
    """Some rows: their columns by fact and their days (`day_codes` into `days`)."""

    height: int
    columns: Mapping[str, Column]
    days: list[date]
    day_codes: pl.Series

    def take(self, rows: pl.Series, codes: list[int]) -> "Rows":
        """Return these rows only, whose days have these codes."""
        columns = {id: c.take(rows) for id, c in self.columns.items()}
        own = self.day_codes.gather(rows).replace_strict(codes, list(range(len(codes))), return_dtype=pl.UInt32)
        return Rows(len(rows), columns, [self.days[c] for c in codes], own)


class Form:
    """What some comparisons see on days that are alike: sorted facts, and a table for each thing asked of them."""

    def __init__(self, law: Law, atoms: Sequence[Atom], thresholds: Sequence[Thresholds], day: Day) -> None:
        self.law, self.day = law, day
        self.sorters = {t.fact.id: Sorter(t, atoms, day) for t in thresholds}
        self.tables: dict[str, Table] = {}

    def follow(self, rows: Rows, days: list[Day]) -> dict[str, Codes]:
        """Return for each table its answer for each row."""
        classes = {id: s.sort(rows.columns.get(id), days, rows.day_codes) for id, s in self.sorters.items()}
        return {name: t.follow([classes[s.fact.id] for s in t.sorters]) for name, t in self.tables.items()}

    def ask(self, name: str, atoms: Sequence[Atom], answer: Callable[[dict[str, Known]], int]) -> None:
        """Add a table: `answer`, from what is known of the facts of some comparisons to a number below 256."""
        names = _facts_of(self.law, atoms)
        like: list[dict[Hashable, Known | None]] = [{} for _ in names]

        def step(k: int, state: tuple[Known | None, ...], known: Known | None) -> tuple[Known | None, ...]:
            seen = self.sorters[names[k]].seen(known, atoms)
            return (*state, like[k].setdefault(seen, known))

        def end(state: tuple[Known | None, ...]) -> int:
            return answer({id: known for id, known in zip(names, state, strict=True) if known is not None})

        self.tables[name] = Table([self.sorters[id] for id in names], (), step, end)

    def ask_result(self, segment: Segment) -> None:
        """Add the table of the result: a state is the set of nodes of the exact form at which a row may be."""
        diagram = segment.result
        of_fact: dict[str, list[int]] = {}
        for i in diagram.variables:
            of_fact.setdefault(segment.variables[i].fact, []).append(i)  # type: ignore[union-attr]
        variables = list(of_fact.values())

        def step(k: int, state: frozenset[Node], known: Known | None) -> frozenset[Node]:
            cells = {i: segment.variables[i].cells(known, self.day.cuts(segment, i)) for i in variables[k]}
            at, after = list(state), set()
            while at:
                node = at.pop()
                if node < 0 or diagram.nodes[node][0] not in cells:
                    after.add(node)
                else:
                    variable, children = diagram.nodes[node]
                    at += {child for c, child in enumerate(children) if cells[variable] >> c & 1}
            ended = {node for node in after if node < 0}
            return frozenset(ended if len(ended) > 1 else after)

        def end(state: frozenset[Node]) -> int:
            return RESULT_WORDS.index(RESULTS[~min(state)].value) if len(state) == 1 else _UNDETERMINED

        self.tables[_RESULT] = Table([self.sorters[id] for id in of_fact], frozenset({diagram.root}), step, end)


class Kernel:
    """One body of law over tables. Keeps what it has learnt; not to be shared between threads.

    thresholds: what the kernels of several threads learn together about days.
    """

    def __init__(
        self, law: Law, pathways: Iterable[str], thresholds: dict[Hashable, list[Thresholds]], *, conditions: bool
    ) -> None:
        self.law, self.conditions, self.thresholds = law, conditions, thresholds
        self.pathways = [law.pathways[id] for id in pathways]
        self.engine: Engine = engine(law)
        self._forms: dict[Hashable, Form] = {}
        self._form_on: dict[tuple[str, date], Form | None] = {}

    def pathway(self, pathway: Pathway, rows: Rows) -> dict[str, pl.Series]:
        """Return the column of results and, if asked, a column for each line of law (see `Reason.word`)."""
        answers: dict[str, Codes | None] = {_RESULT: _UNDETERMINED}
        if self.conditions:
            answers |= dict.fromkeys(e.id for e in pathway.entries if _reported(e.part))
        for form, where, part in self._alike(rows, pathway.id, lambda on: self._form(pathway, on)):
            for name, own in form.follow(part, [self.engine.day(d) for d in part.days]).items():
                answers[name] = own if where is None else _scatter(answers[name], where, own, rows.height)
        out = {pathway.id: _words(answers.pop(_RESULT), RESULT_WORDS, rows.height)}
        return out | {f"{pathway.id}.{id}": _words(a, WORDS, rows.height) for id, a in answers.items()}

    def contradicting(self, rows: Rows) -> list[tuple[Contradiction, list[int]]]:
        """Return the contradictions between facts that certainly hold, with the rows in which they do."""
        found: dict[str, list[int]] = {}
        for form, where, part in self._alike(rows, "", self._contradictions):
            for name, own in form.follow(part, [self.engine.day(d) for d in part.days]).items():
                hit = _series(own, part.height).cast(pl.Boolean).arg_true()
                found.setdefault(name, []).extend((hit if where is None else where.gather(hit)).to_list())
        return [(c, sorted(found[c.id])) for c in self.law.contradictions if found.get(c.id)]

    # --- days that are alike

    def _alike(
        self, rows: Rows, name: str, form_on: Callable[[date], Form | None]
    ) -> list[tuple[Form, pl.Series | None, Rows]]:
        """Return the rows of days that are alike, with their row numbers (None: all rows)."""
        by_form: dict[int, tuple[Form, list[int]]] = {}
        for code, on in enumerate(rows.days):
            if (name, on) not in self._form_on:
                self._form_on[name, on] = form_on(on)
            form = self._form_on[name, on]
            if form:
                by_form.setdefault(id(form), (form, []))[1].append(code)
        out: list[tuple[Form, pl.Series | None, Rows]] = []
        for form, codes in by_form.values():
            if len(codes) == len(rows.days):
                return [(form, None, rows)]
            where = rows.day_codes.is_in(codes).arg_true()
            if len(where):
                out.append((form, where, rows.take(where, codes)))
        return out

    def _made(self, key: Hashable, atoms: Sequence[Atom], on: date, fill: Callable[[Form], None]) -> Form:
        """Return the form of a day: that of an earlier one on which the thresholds stood in the same order, if any."""
        day = self.engine.day(on)
        if key not in self.thresholds:
            names = _facts_of(self.law, atoms)
            self.thresholds[key] = [Thresholds(self.law, self.law.facts[id], atoms) for id in names]
        own = self.thresholds[key]
        order = (key, *(t.order(day) for t in own if t.fact.is_number))
        if order not in self._forms:
            self._forms[order] = Form(self.law, atoms, own, day)
            fill(self._forms[order])
        return self._forms[order]

    def _form(self, pathway: Pathway, on: date) -> Form | None:
        ready = self.engine.ready(pathway, on)
        if ready is None:
            return None

        def fill(form: Form) -> None:
            form.ask_result(ready.segment)
            for line in ready.lines if self.conditions else ():
                if _reported(line.entry.part):
                    atoms = [ready.compiler.atoms[i] for i in line.atoms]
                    form.ask(line.entry.id, atoms, self._word_of(ready, line, form.day))

        return self._made((pathway.id, ready.segment.first), ready.compiler.atoms, on, fill)

    def _word_of(self, ready: Ready, line: Line, day: Day) -> Callable[[dict[str, Known]], int]:
        return lambda facts: WORDS.index(self.engine.reason(ready, line, facts, day).word)

    def _contradictions(self, on: date) -> Form:
        def fill(form: Form) -> None:
            for c in self.law.contradictions:
                form.ask(c.id, _atoms(c), lambda facts, c=c: possible(c.test, facts, form.day) == v.MET)  # type: ignore[misc]

        return self._made("", [a for c in self.law.contradictions for a in _atoms(c)], on, fill)


def _reported(part: str) -> bool:
    return part not in ("caution", "anchor")


def _atoms(contradiction: Contradiction) -> list[Atom]:
    return [t for t in walk(contradiction.test) if isinstance(t, Member | Holds | Reaches)]


def _facts_of(law: Law, atoms: Sequence[Atom]) -> list[str]:
    """Return the facts that comparisons look at, with those on which their amounts depend."""
    out: dict[str, None] = {}
    for atom in atoms:
        out[atom.fact] = None
        if isinstance(atom, Reaches) and isinstance(atom.threshold, OfAmount):
            out |= dict.fromkeys(law.amounts[atom.threshold.amount].facts)
    return list(out)


def _series(codes: Codes | None, height: int) -> pl.Series:
    return codes if isinstance(codes, pl.Series) else pl.Series([codes], dtype=pl.UInt8).new_from_index(0, height)


def _scatter(all_: Codes | None, where: pl.Series, own: Codes, height: int) -> pl.Series:
    return _series(all_, height).scatter(where, _series(own, len(where)))


def _words(codes: Codes | None, words: tuple[str, ...], height: int) -> pl.Series:
    return _series(codes, height).cat.to(pl.Enum(words))


__all__ = ["RESULT_WORDS", "Kernel", "Rows"]
