"""Reading the body of law: from YAML files to `Law`, with all faults at once.

What a file may contain is declared in `schema`; here texts become tests, amounts and pathways, and every name is
looked up. Whether the law makes sense as a whole is asked in `check`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ValidationError

from sojourn.law import procedure_schema as ps
from sojourn.law import schema as s
from sojourn.law.amounts import FormulaError, parse_formula
from sojourn.law.faults import Fault, InputError, LawError, nearest, shown
from sojourn.law.model import (
    All,
    Amount,
    AmountRow,
    AnyOf,
    AtLeast,
    Case,
    Cite,
    Cited,
    Conflict,
    Constant,
    Contradiction,
    Disputed,
    Effect,
    Entry,
    Fact,
    Holds,
    Law,
    Member,
    Not,
    NotModelled,
    Number,
    OfAmount,
    OfDay,
    Part,
    Pathway,
    Question,
    Reaches,
    Reading,
    Recheck,
    Source,
    Test,
    Weighed,
    walk,
)  # fmt: skip
from sojourn.law.procedure import Procedure
from sojourn.law.procedure_read import read_legalisation, read_procedure
from sojourn.law.read_household import read_household
from sojourn.law.read_limits import read_time_limits
from sojourn.law.signature import digest_to_sign
from sojourn.law.texts import joined, strays
from sojourn.law.yaml12 import Document, Path_, load_file
from sojourn.values.countries import COUNTRIES
from sojourn.values.known import Scalar
from sojourn.values.money import Money, MoneyError
from sojourn.values.period import Period

Shape = TypeVar("Shape", bound=BaseModel)
PARTS: dict[str, Part] = {
    "gate": "gate", "exemptions": "exemption", "conditions": "condition", "channels": "channel",
    "cautions": "caution", "anchors": "anchor",
}  # fmt: skip
_BOUNDS = {"greater_than_equal": "of at least", "less_than_equal": "of at most", "greater_than": "above"}


class Faults:
    """Collects the faults of one reading."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, document: Document, path: Sequence[str | int], kind: str, what: str, mend: str = "") -> None:
        """Note a fault at `path` of `document`."""
        self.found.append(Fault(document.file, document.line(tuple(path)), kind, what, mend))

    def shape(self, document: Document, error: ValidationError) -> None:
        """Note everything that pydantic found, in our words and with lines."""
        kept: dict[tuple[Path_, str], None] = {}
        for item in error.errors():
            path = _real_path(document.value, item["loc"])
            text = item["msg"].removeprefix("Value error, ")
            kind, mend = "wrong-shape", "Correct the value; `docs/rule-language.md` shows the form."
            last = str(item["loc"][-1]) if item["loc"] else ""
            if item["type"] == "extra_forbidden":
                kind, text = "unknown-key", f'"{last}" is no key here'
                mend = nearest(last, _keys_at(document, item))
            elif item["type"] == "missing":
                kind, text, mend = "missing-key", f'"{last}" is missing', f"Add `{last}:`."
            elif item["type"] == "literal_error":
                text = f'"{_value_at(document.value, path)}" is not allowed here'
                mend = f"Allowed: {item.get('ctx', {}).get('expected', '')}."
            elif item["type"] in _BOUNDS:
                word, bound = _BOUNDS[item["type"]], next(iter(item["ctx"].values()))
                kind, text = "out-of-bounds", f'"{_value_at(document.value, path)}" is not {word} {bound}'
                mend = f"Write a number {word} {bound}."
            elif item["type"] in (
                "string_type",
                "date_type",
                "int_type",
                "bool_type",
                "list_type",
                "dict_type",
                "date_from_datetime_parsing",
                "is_instance_of",
                "float_parsing",
                "model_type",
            ):
                kind, text = (
                    "wrong-type",
                    f'"{_value_at(document.value, path)}" has the wrong type: {text.lower()}',
                )
            kept[(path, f"{kind}\0{text}\0{mend}")] = None
        deepest = {p for p, _ in kept}
        for path, packed in kept:
            kind, text, mend = packed.split("\0")
            if kind in ("wrong-type", "wrong-shape") and any(
                len(d) > len(path) and d[: len(path)] == path for d in deepest
            ):
                continue  # a union: the branch that went deeper says more
            self.add(document, path, kind, text, mend)


def _real_path(value: Any, loc: Iterable[Any]) -> Path_:
    """Return the steps of a pydantic location that exist in the file (unions add steps of their own)."""
    path: list[str | int] = []
    for step in loc:
        if (isinstance(value, dict) and step in value) or (
            isinstance(value, list) and isinstance(step, int) and step < len(value)
        ):
            value = value[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _value_at(value: Any, path: Path_) -> Any:
    for step in path:
        value = value[step]
    return value


def _keys_at(document: Document, item: Any) -> list[str]:
    """Return the keys known where an unknown one stood: guessed from the shapes that have fields."""
    del document
    known: set[str] = set()
    for shape in (*vars(s).values(), *vars(ps).values()):
        if isinstance(shape, type) and issubclass(shape, BaseModel):
            known |= {f.alias or n for n, f in shape.model_fields.items()}
    return [k for k in known if k != item["loc"][-1]]


# --- tests ---------------------------------------------------------------------------------------------------------


class Defined(NamedTuple):
    """A named test and where it stands."""

    test: s.Named
    document: Document
    path: Path_


def definitions(document: Document, define: dict[str, s.Named]) -> dict[str, Defined]:
    """Return the named tests of a file, with their places."""
    return {name: Defined(named, document, ("define", name)) for name, named in define.items()}


class TestReader:
    """Turns the tests of one file into `Test`, looking up facts, values, amounts, sources and named tests."""

    __test__ = False

    def __init__(self, law: "BodyReader", document: Document, defined: dict[str, Defined], owner: str) -> None:
        self.law, self.document, self.defined, self.owner = law, document, defined, owner
        self.disputes = 0
        self.undecided: dict[str, str] = {}
        self.open: list[str] = []

    def fault(self, path: Path_, kind: str, what: str, mend: str = "") -> Constant:
        self.law.faults.add(self.document, path, kind, what, mend)
        return Constant(False)

    def entry_test(self, entry: s.EntryShape, path: Path_) -> Test | None:
        if entry.when is not None:
            return self.test(entry.when, (*path, "when"))
        if entry.all is not None:
            return All(tuple(self.test(t, (*path, "all", i)) for i, t in enumerate(entry.all)))
        if entry.any is not None:
            return AnyOf(tuple(self.test(t, (*path, "any", i)) for i, t in enumerate(entry.any)))
        if entry.not_ is not None:
            return Not(self.test(entry.not_, (*path, "not")))
        if entry.readings is not None:
            return self.disputed(entry.readings, (*path, "readings"))
        return None

    def test(self, t: s.TestShape, path: Path_) -> Test:
        inner = self.uncited(t, path)
        if t.cite is not None:
            return Cited(self.law.cite(t.cite, self.document, (*path, "cite")), inner)
        return inner

    def uncited(self, t: s.TestShape, path: Path_) -> Test:
        if t.fact is not None:
            return self.comparison(t, path)
        if t.all is not None:
            return All(tuple(self.test(x, (*path, "all", i)) for i, x in enumerate(t.all)))
        if t.any is not None:
            return AnyOf(tuple(self.test(x, (*path, "any", i)) for i, x in enumerate(t.any)))
        if t.not_ is not None:
            return Not(self.test(t.not_, (*path, "not")))
        if t.of is not None:
            assert isinstance(t.at_least, int)
            if not 1 <= t.at_least <= len(t.of):
                what = f"at least {t.at_least} of {len(t.of)} tests"
                return self.fault((*path, "at_least"), "wrong-count", what, f"Name a number from 1 to {len(t.of)}.")
            return AtLeast(t.at_least, tuple(self.test(x, (*path, "of", i)) for i, x in enumerate(t.of)))
        if t.use is not None:
            named = self.defined.get(t.use)
            if named is None:
                return self.fault(
                    (*path, "use"),
                    "unknown-use",
                    f'no test is defined as "{t.use}"',
                    nearest(t.use, self.defined),
                )
            if t.use in self.open:
                return self.fault((*path, "use"), "circular-use", f'"{t.use}" uses itself', "Break the circle.")
            return self.named(t.use)
        if t.appraised is not None:
            if t.by and t.by not in self.law.helpers:
                self.fault((*path, "by"), "unknown-helper", f'"{t.by}" is no helper', nearest(t.by, self.law.helpers))
            when = self.test(t.when, (*path, "when")) if t.when else None
            return Weighed(t.appraised, t.by or "", tuple(t.shown_by), when)
        if t.readings is not None:
            return self.disputed(t.readings, (*path, "readings"))
        return self.not_modelled(t.not_modelled or "")

    def named(self, name: str) -> Test:
        """Return the test defined as `name`; its faults stand where it is defined, not where it is used."""
        used_in = self.document
        shape, self.document, path = self.defined[name]
        self.open.append(name)
        test = self.test(shape, path)
        self.open.pop()
        self.document = used_in
        return test

    def not_modelled(self, why: str) -> NotModelled:
        count = len(self.undecided)
        key = f"{self.owner}.not_modelled" if count == 0 else f"{self.owner}.not_modelled.{count + 1}"
        return NotModelled(why, self.undecided.setdefault(why, key))

    def disputed(self, shapes: list[s.ReadingShape], path: Path_) -> Disputed:
        self.disputes += 1
        key = self.owner if self.disputes == 1 else f"{self.owner}.{self.disputes}"
        readings = []
        for i, r in enumerate(shapes):
            where = (*path, i)
            holds: Test = Constant(r.holds) if isinstance(r.holds, bool) else self.test(r.holds, (*where, "holds"))
            cite = Cite(self.law.source(r.by, self.document, (*where, "by")), r.at, r.grade)
            if r.grade == "unconfirmed":
                self.fault(
                    (*where, "grade"),
                    "unconfirmed-decides",
                    f'the reading "{r.id}" is unconfirmed and would decide',
                    "Give a source that was read, or take the reading out and name it in notes.md.",
                )
            readings.append(Reading(r.id, r.says, cite, holds))
        ids = [r.id for r in readings]
        for i, id in enumerate(ids):
            if id in ids[:i]:
                self.fault((*path, i), "duplicate-id", f'two readings are called "{id}"', "Rename one.")
        return Disputed(key, tuple(readings))

    def comparison(self, t: s.TestShape, path: Path_) -> Test:
        assert t.fact is not None
        fact = self.law.facts.get(t.fact)
        if fact is None:
            return self.fault(
                (*path, "fact"),
                "unknown-fact",
                f'no fact is called "{t.fact}"',
                nearest(t.fact, self.law.facts),
            )
        op = next(n for n in s._COMPARISONS if getattr(t, n) is not None)
        key, operand = op.rstrip("_"), getattr(t, op)
        allowed = (
            ("any_in", "none_in")
            if fact.is_set
            else ("on_or_after", "on_or_before", "after", "before", "not_older_than", "passed", "ahead")
            if fact.type == "date"
            else ("at_least", "at_most", "more_than", "less_than", "is", "is_not")
            if fact.type == "integer"
            else ("at_least", "at_most", "more_than", "less_than")
            if fact.type == "money"
            else ("is", "is_not", "in", "not_in")
        )
        if key not in allowed:
            return self.fault(
                (*path, key),
                "wrong-comparison",
                f'"{key}" does not fit {fact.id}, which is a {fact.type}',
                f"Use one of: {', '.join(allowed)}.",
            )
        where = (*path, key)
        if key in ("any_in", "none_in"):
            values = frozenset(str(v) for v in self.values(fact, operand, where))
            return Holds(fact.id, values) if key == "any_in" else Not(Holds(fact.id, values))
        if key in ("in", "not_in") or (key in ("is", "is_not") and not fact.is_number):
            listed = operand if isinstance(operand, (list, str)) and key in ("in", "not_in") else [operand]
            found = self.values(fact, listed, where)
            member = Member(fact.id, found)
            return Not(member) if key in ("is_not", "not_in") else member
        return self.number(fact, key, operand, where)

    def values(self, fact: Fact, listed: Any, path: Path_) -> frozenset[Scalar]:
        out: set[Scalar] = set()
        for value in [listed] if isinstance(listed, str) else listed:
            if isinstance(value, str) and value in self.law.groups:
                members = self.law.groups[value]
                strange = [m for m in members if not _is_value(fact, m)]
                if strange:
                    self.fault(
                        path,
                        "unknown-value",
                        f'the group "{value}" does not fit {fact.id}: {", ".join(sorted(strange))}',
                        "Use another group.",
                    )
                out |= members
            elif _is_value(fact, value):
                out.add(value)
            else:
                known: Iterable[str] = COUNTRIES if fact.type in ("country", "countries") else fact.values
                self.fault(
                    path,
                    "unknown-value",
                    f"{value!r} is no value of {fact.id}",
                    nearest(str(value), [*known, *self.law.groups]) if fact.type != "bool" else "Use true or false.",
                )
        return frozenset(out)

    def number(self, fact: Fact, key: str, operand: Any, path: Path_) -> Test:
        if fact.type == "date":
            return self.day(fact, key, operand, path)
        if isinstance(operand, s.AmountRef):
            amount = self.law.amounts.get(operand.amount)
            if amount is None:
                return self.fault(
                    (*path, "amount"),
                    "unknown-amount",
                    f'no amount is called "{operand.amount}"',
                    nearest(operand.amount, self.law.amounts),
                )
            if fact.type != "money":
                return self.fault(
                    path, "wrong-unit", f"{fact.id} is no money, an amount is", "Compare money with money."
                )
            at: Number | OfAmount = OfAmount(amount.id)
        elif fact.type == "money":
            try:
                money = Money.parse(str(operand))
            except MoneyError as error:
                return self.fault(path, "wrong-unit", str(error), "Write money as text with its currency.")
            if money.currency != "EUR":
                return self.fault(path, "wrong-unit", f"{money} is not in EUR, {fact.id} is", "Convert it by hand.")
            at = Number(money.cents)
        elif isinstance(operand, int) and not isinstance(operand, bool):
            at = Number(operand)
        else:
            return self.fault(path, "wrong-type", f"{operand!r} is no whole number", f"{fact.id} counts {fact.unit}.")
        above = replace(at, plus=1) if isinstance(at, OfAmount) else Number(at.value + 1, plus=1)
        forms: dict[str, Test] = {
            "at_least": Reaches(fact.id, at),
            "less_than": Not(Reaches(fact.id, at)),
            "more_than": Reaches(fact.id, above),
            "at_most": Not(Reaches(fact.id, above)),
            "is": All((Reaches(fact.id, at), Not(Reaches(fact.id, above)))),
            "is_not": AnyOf((Not(Reaches(fact.id, at)), Reaches(fact.id, above))),
        }
        return forms[key]

    def day(self, fact: Fact, key: str, operand: Any, path: Path_) -> Test:
        if isinstance(operand, s.Span):
            span: dict[str, Any] = operand.model_dump()
            if key == "passed":
                return Not(Reaches(fact.id, OfDay("passed", **span)))
            if operand.working_days or operand.years:
                self.fault(path, "wrong-shape", f"`{key}` takes months and days", "Write years as months.")
            if key == "ahead":
                return Reaches(fact.id, OfDay("ahead", months=operand.months, days=operand.days))
            young = Reaches(fact.id, OfDay("not-older", months=operand.months, days=operand.days))
            return All((young, Not(Reaches(fact.id, OfDay("filing-day", plus=1)))))

        def at(plus: int) -> Number | OfDay:
            return (
                OfDay("filing-day", plus=plus) if operand == "filing-day" else Number(operand.toordinal() + plus, plus)
            )

        forms: dict[str, Test] = {
            "on_or_after": Reaches(fact.id, at(0)),
            "before": Not(Reaches(fact.id, at(0))),
            "after": Reaches(fact.id, at(1)),
            "on_or_before": Not(Reaches(fact.id, at(1))),
        }
        return forms[key]


def _is_value(fact: Fact, value: Any) -> bool:
    if fact.type == "bool":
        return isinstance(value, bool)
    if fact.type in ("country", "countries"):
        return value in COUNTRIES
    return isinstance(value, str) and value in fact.values


# --- the whole -----------------------------------------------------------------------------------------------------


class BodyReader:
    """One reading of law folders. What a later folder declares replaces what an earlier one declared by that name."""

    def __init__(self, folders: Sequence[Path], digest: str = "") -> None:
        self.folders, self.digest = folders, digest
        self.faults = Faults()
        self.helpers: dict[str, str] = {}
        self.facts: dict[str, Fact] = {}
        self.groups: dict[str, frozenset[str]] = {}
        self.amounts: dict[str, Amount] = {}
        self.sources: dict[str, Source] = {}
        self.defined: dict[str, Defined] = {}
        self.named: defaultdict[str, set[str]] = defaultdict(set)
        self.folder_of: dict[str, Path] = {}
        self.declared_helpers: dict[tuple[Path, str], str] = {}
        self.declared_tests: dict[tuple[Path, str], str] = {}

    def shaped(self, path: Path, shape: type[Shape]) -> tuple[Document, Shape] | None:
        """Return the file as `shape`, or None after noting its faults."""
        try:
            document = load_file(path)
        except InputError as error:
            self.faults.found += error.faults
            return None
        if not isinstance(document.value, dict):
            first = next(f.alias or name for name, f in shape.model_fields.items())
            mend = f"Begin with `{first}:`; `docs/rule-language.md` shows the form."
            if document.value is None:
                self.faults.found.append(Fault(document.file, 0, "empty", "nothing stands in this file", mend))
            else:
                what = "a list" if isinstance(document.value, list) else "a single value"
                self.faults.add(document, (), "wrong-type", f"this file holds {what} instead of keys", mend)
            return None
        try:
            return document, shape.model_validate(document.value)
        except ValidationError as error:
            self.faults.shape(document, error)
            return None

    def each(self, name: str, shape: type[Shape]) -> Iterator[tuple[Document, Shape]]:
        """Yield the files `name` (a glob) of every folder, as `shape`; those nearer to the root of a folder first."""
        for folder in self.folders:
            for path in sorted(folder.glob(name), key=lambda p: (len(p.parts), p)):
                if found := self.shaped(path, shape):
                    self.folder_of[found[0].file] = folder
                    yield found

    def once(
        self, names: Iterable[str], document: Document, section: str, declared: dict[tuple[Path, str], str]
    ) -> None:
        """Note a fault for each name that two files of one law folder declare; `declared` remembers them."""
        for name in names:
            other = declared.setdefault((self.folder_of[document.file], name), document.file)
            if other != document.file:
                what = f'"{name}" is also declared in {other}'
                self.faults.add(document, (section, name), "duplicate-id", what, "Keep one of them.")

    def source(self, id: str, document: Document, path: Sequence[str | int]) -> str:
        """Return `id`, noting a fault when no source has it."""
        if id not in self.sources:
            self.faults.add(
                document, path, "dangling-citation", f'no source is called "{id}"', nearest(id, self.sources)
            )
        return id

    def cite(self, shape: s.CiteShape, document: Document, path: Path_) -> Cite:
        """Return the citation, noting a fault when its source is unknown or was not read but counts as official."""
        self.source(shape.source, document, (*path, "source"))
        source = self.sources.get(shape.source)
        if source and source.part == "not-read" and shape.grade == "official":
            self.faults.add(
                document,
                (*path, "grade"),
                "unread-official",
                f'"{shape.source}" was not read, so it cannot be cited as official',
                "Read it and correct `part:` in sources.yaml, or lower the grade.",
            )
        period = Period(shape.from_, shape.until) if isinstance(shape, s.DatedCiteShape) else Period()
        return Cite(shape.source, shape.at, shape.grade, period)

    def tests(self, document: Document, defined: dict[str, Defined], owner: str) -> TestReader:
        """Return a reader of the tests of one line of a file."""
        return TestReader(self, document, defined, owner)

    def shared(self, document: Document, shape: s.LawShape | s.DefinitionsShape) -> None:
        """Take in the helpers and named tests of one file, which every pathway may use."""
        self.once(shape.helpers, document, "helpers", self.declared_helpers)
        self.once(shape.define, document, "define", self.declared_tests)
        self.helpers |= shape.helpers
        self.defined |= definitions(document, shape.define)

    def read(self) -> Law:
        """Return the law; raises LawError with all faults."""
        basics = list(self.each("law.yaml", s.LawShape))
        for document, basic in basics:
            self.shared(document, basic)
        for document, shape in self.each("**/definitions.yaml", s.DefinitionsShape):
            self.shared(document, shape)
        if not basics and not self.faults.found:
            raise LawError([Fault(str(self.folders[0]), 0, "no-law", "no law.yaml here", "Name the folder `law`.")])
        declared: dict[tuple[Path, str], str] = {}
        for document, sources in self.each("**/sources.yaml", s.SourcesShape):
            self.once(sources.sources, document, "sources", declared)
            for id, source in sources.sources.items():
                self.read_source(id, source, document)
        contradictions = self.read_facts()
        declared = {}
        for document, amount in self.each("**/amounts/*.yaml", s.AmountShape):
            self.once([amount.amount], document, "amount", declared)
            self.amounts[amount.amount] = self.read_amount(document, amount)
        self.look_up_formulas()
        for name in self.defined:
            TestReader(self, self.defined[name].document, self.defined, name).named(name)
        questions = self.read_questions()
        texts, stray = self.read_law_texts()
        time_limits = read_time_limits(self)
        pathways: dict[str, Pathway] = {}
        for folder in self.folders:
            here: dict[str, str] = {}
            for rule in sorted(folder.rglob("rule.yaml")):
                pathway = self.read_pathway(rule)
                if pathway is None:
                    continue
                if pathway.id in here:
                    self.faults.found.append(
                        Fault(
                            pathway.file,
                            1,
                            "duplicate-id",
                            f"{pathway.id} is also in {here[pathway.id]}",
                            "Rename one.",
                        )
                    )
                here[pathway.id] = pathway.file
                pathways[pathway.id] = pathway
        legalisation = read_legalisation(self)
        household = read_household(self)
        if self.faults.found:
            raise LawError(self.faults.found)
        root = basics[0][1]
        law = Law(
            digest=self.digest,
            read_until=root.read_until,
            stale_after_days=root.stale_after_days,
            languages=tuple(root.languages),
            helpers=self.helpers,
            facts=self.facts,
            groups=self.groups,
            questions=questions,
            contradictions=contradictions,
            amounts=self.amounts,
            sources=self.sources,
            pathways=dict(sorted(pathways.items())),
            time_limits=time_limits,
            texts=texts,
            stray_texts=stray,
            definitions={name: defined.test.says for name, defined in self.defined.items()},
            folders=tuple(str(f) for f in self.folders),
            legalisation=legalisation,
            household=household,
        )
        return replace(law, pathways={id: replace(p, digest=digest_to_sign(law, p)) for id, p in law.pathways.items()})

    def read_source(self, id: str, shape: s.SourceShape, document: Document) -> None:
        if shape.kind != "secondary" and not shape.url and shape.part != "not-read":
            self.faults.add(
                document,
                ("sources", id),
                "no-address",
                f'the source "{id}" has no `url`',
                "Give its official address.",
            )
        self.sources[id] = Source(
            id,
            shape.title,
            shape.kind,
            shape.authority,
            shape.url or "",
            shape.read,
            shape.language,
            shape.part,
            shape.note or "",
        )

    def read_facts(self) -> tuple[Contradiction, ...]:
        read = list(self.each("**/facts.yaml", s.FactsShape))
        declared: dict[tuple[Path, str], str] = {}
        for document, shape in read:
            self.once(shape.facts, document, "facts", declared)
            self.groups |= {id: frozenset(g.members) for id, g in shape.groups.items()}
            for id, f in shape.facts.items():
                self.named[f"values.{id}"] |= f.values.keys()
                self.named["units"] |= {f.unit} if f.unit else set()
                self.facts[id] = Fact(id, f.says, f.type, f.values, f.unit or "", f.least, f.most, f.change, f.likely)
        for document, shape in read:
            for id, f in shape.facts.items():
                where = ("facts", id)
                if f.type in ("choice", "set") and not f.values:
                    self.faults.add(
                        document,
                        where,
                        "missing-values",
                        f"{id} is a {f.type} without `values`",
                        "List them.",
                    )
                if f.type == "integer" and (f.unit is None or f.least is None or f.most is None):
                    self.faults.add(
                        document,
                        where,
                        "missing-unit",
                        f"{id} counts something unnamed",
                        "Give `unit`, `least`, `most`.",
                    )
                if not re.fullmatch(r"[a-z_]+\.[a-z_]+", id):
                    self.faults.add(
                        document, where, "bad-id", f'"{id}" is not `subject.fact`', "Use two words and a dot."
                    )
        out: dict[str, Contradiction] = {}
        for document, shape in read:
            ids = [c.id for c in shape.contradictions]
            for i, c in enumerate(shape.contradictions):
                if c.id in ids[:i]:
                    what = f'two contradictions are called "{c.id}"'
                    self.faults.add(document, ("contradictions", i), "duplicate-id", what, "Rename one.")
                reader = TestReader(self, document, self.defined, c.id)
                out[c.id] = Contradiction(c.id, c.says, reader.test(c.never, ("contradictions", i, "never")))
        self.named["contradictions"] |= out.keys()
        return tuple(out.values())

    def read_amount(self, document: Document, shape: s.AmountShape) -> Amount:
        cite = self.cite(shape.cite, document, ("cite",)) if shape.cite else None
        if shape.formula is not None:
            try:
                terms = parse_formula(shape.formula)
            except FormulaError as error:
                self.faults.add(document, ("formula",), "bad-formula", str(error), "See `docs/rule-language.md`.")
                terms = ()
            period = Period(shape.from_, shape.until)
            return Amount(shape.amount, shape.says, (), terms, shape.formula, period, cite)
        rows: list[AmountRow] = []
        for i, r in enumerate(shape.rows):
            where = ("rows", i)
            first = r.from_ or r.seen
            assert first is not None
            bounds: list[int | None] = []
            for key, text in (("value", r.value), ("at_least", r.at_least), ("at_most", r.at_most)):
                if text is None:
                    continue
                try:
                    money = Money.parse(text)
                    if money.cents < 0 or money.currency != shape.unit:
                        raise MoneyError(f"{text!r} is negative or not in {shape.unit}")
                    bounds.append(money.cents)
                except MoneyError as error:
                    self.faults.add(document, (*where, key), "wrong-unit", str(error), 'Write `"1845.48 EUR"`.')
                    bounds.append(0)
            low, high = (bounds[0], bounds[-1]) if bounds else (None, None)
            if low is not None and high is not None and low > high:
                self.faults.add(document, where, "bounds", "`at_least` lies above `at_most`", "Exchange them.")
            if r.until and r.until <= first:
                what = f"{first} to {r.until} is no period"
                mend = "`until` is the first day no longer in force."
                self.faults.add(document, (*where, "until"), "empty-period", what, mend)
            row_cite = self.cite(r.cite, document, (*where, "cite")) if r.cite else None
            rows.append(
                AmountRow(
                    first, r.until, low, high, row_cite, r.derived or "", r.unknown or "", r.seen is not None,
                    tuple(self.conflict(document, (*where, "conflicts", j), c, first, low, high)
                          for j, c in enumerate(r.conflicts)),
                )
            )  # fmt: skip
        for i, (row, after) in enumerate(pairwise(rows)):
            self.amount_order(document, i, row, after)
        ended = [
            replace(r, until=r.until or (rows[i + 1].first if i + 1 < len(rows) else None)) for i, r in enumerate(rows)
        ]
        recheck = None
        if shape.recheck:
            month, _, of_month = (shape.recheck.yearly or "").partition("-")
            yearly = (int(month), int(of_month)) if month else None
            recheck = Recheck(shape.recheck.because, yearly, shape.recheck.months)
        period = Period(rows[0].first, ended[-1].until)
        return Amount(shape.amount, shape.says, tuple(ended), (), "", period, cite, recheck)

    def conflict(
        self, document: Document, where: Path_, shape: s.ConflictShape, first: date, low: int | None, high: int | None
    ) -> Conflict:
        """Return what a source prints otherwise than its row, noting a fault where it does not differ."""
        self.source(shape.source, document, (*where, "source"))
        cents = None
        if shape.prints is not None:
            try:
                cents = Money.parse(shape.prints).cents
            except MoneyError as error:
                self.faults.add(document, (*where, "prints"), "wrong-unit", str(error), 'Write `"593.13 EUR"`.')
        yearly = shape.per == "year"
        agrees = not yearly and cents is not None and low is not None and high is not None and low <= cents <= high
        if agrees or shape.dated == first:
            what = f"{shape.prints or shape.dated} is what the row says"
            self.faults.add(document, where, "no-conflict", what, "List the source under `also:`.")
        return Conflict(shape.source, shape.at, shape.fault, cents, shape.dated, yearly)

    def amount_order(self, document: Document, i: int, row: AmountRow, after: AmountRow) -> None:
        where = ("rows", i + 1)
        earlier, later = document.line(("rows", i)), document.line(where)
        if after.first == row.first or (row.until and row.until > after.first):
            self.faults.add(
                document,
                where,
                "overlap",
                f"two values are in force on {after.first}: those of lines {earlier} and {later}",
                f"One day has one value. End the first with `until: {after.first}`, or correct the second date.",
            )
        elif after.first < row.first:
            self.faults.add(
                document,
                where,
                "order",
                f"{after.first} stands after {row.first}",
                "Put the rows in order of time.",
            )
        elif row.until and row.until < after.first:
            self.faults.add(
                document,
                where,
                "gap",
                f"no value from {row.until} to {after.first}",
                "Fill the gap, or say so with a row `unknown: <why>`.",
            )

    def look_up_formulas(self) -> None:
        for document, shape in self.each("**/amounts/*.yaml", s.AmountShape):
            for term in self.amounts[shape.amount].terms:
                for name in term.amounts:
                    if name not in self.amounts:
                        self.faults.add(
                            document,
                            ("formula",),
                            "unknown-amount",
                            f'no amount is called "{name}"',
                            nearest(name, self.amounts),
                        )
                    elif self.amounts[name].terms:
                        self.faults.add(
                            document,
                            ("formula",),
                            "bad-formula",
                            f'"{name}" is itself a formula',
                            "Use series with rows.",
                        )
                if term.fact and (term.fact not in self.facts or self.facts[term.fact].type != "integer"):
                    self.faults.add(
                        document,
                        ("formula",),
                        "unknown-fact",
                        f'"{term.fact}" is no fact that counts',
                        nearest(term.fact, self.facts),
                    )

    def read_questions(self) -> tuple[Question, ...]:
        out: dict[str, Question] = {}
        asked: dict[str, str] = {}
        declared: dict[tuple[Path, str], str] = {}
        for document, shape in self.each("**/questions.yaml", s.QuestionsShape):
            self.once([q.id for q in shape.questions], document, "questions", declared)
            seen: set[str] = set()
            for i, q in enumerate(shape.questions):
                where = ("questions", i)
                if q.id in seen:
                    self.faults.add(
                        document, where, "duplicate-id", f'two questions are called "{q.id}"', "Rename one."
                    )
                seen.add(q.id)
                for fact in q.sets:
                    if fact not in self.facts:
                        self.faults.add(
                            document,
                            (*where, "sets"),
                            "unknown-fact",
                            f'no fact is called "{fact}"',
                            nearest(fact, self.facts),
                        )
                    elif asked.get(fact, q.id) != q.id:
                        self.faults.add(
                            document,
                            (*where, "sets"),
                            "asked-twice",
                            f"{fact} is also set by {asked[fact]}",
                            "Ask it once.",
                        )
                    elif len(q.sets) > 1 and self.facts[fact].type != "set":
                        self.faults.add(
                            document,
                            (*where, "sets"),
                            "wrong-type",
                            f"{fact} cannot be ticked with others",
                            "Ask it alone.",
                        )
                    asked[fact] = q.id
                self.named[f"questions.{q.id}"] |= {k for k in ("ask", "why", "help", "none") if getattr(q, k)}
                out[q.id] = Question(q.id, tuple(q.sets), q.ask, q.why, q.help or "", q.none or "", q.cost)
        self.named["questions"] |= out.keys()
        return tuple(out.values())

    def read_law_texts(self) -> tuple[dict[str, dict[str, Any]], tuple[Fault, ...]]:
        declared: dict[str, Iterable[str]] = {
            "facts": self.facts, "values": self.facts, "groups": self.groups, "helpers": self.helpers,
            "definitions": self.defined, "amounts": self.amounts,
            "authorities": {source.authority for source in self.sources.values()},
        }  # fmt: skip
        named = self.named | {section: set(ids) for section, ids in declared.items()}
        read = [
            found
            for folder in self.folders
            for path in sorted(folder.glob("**/texts/*.yaml"), key=lambda p: (len(p.parts), p))
            if not (path.parent.parent / "rule.yaml").exists() and (found := self.shaped(path, s.LawTextsShape))
        ]
        for _, shape in read:
            if shape.language == "en":
                named["evidence"] |= shape.evidence.keys()
        texts: dict[str, dict[str, Any]] = {}
        stray: list[Fault] = []
        for document, shape in read:
            given = shape.model_dump()
            for path, what, mend in strays(given, named):
                stray.append(Fault(document.file, document.line(path), "unknown-text", what, mend))
            texts[shape.language] = joined(texts.get(shape.language, {}), given)
        return texts, tuple(stray)

    # --- pathways

    def read_pathway(self, rule: Path) -> Pathway | None:
        found = self.shaped(rule, s.RuleShape)
        if found is None:
            return None
        document, shape = found
        folder = rule.parent
        defined = self.defined | definitions(document, shape.define)
        for name in shape.define:
            TestReader(self, document, defined, name).named(name)
        if shape.in_force.until and shape.in_force.until <= shape.in_force.from_:
            what = f"{shape.in_force.from_} to {shape.in_force.until} is no period"
            mend = "`until` is the first day no longer in force."
            self.faults.add(document, ("in_force",), "empty-period", what, mend)
        entries: list[Entry] = []
        ids: dict[str, int] = {}
        for key, part in PARTS.items():
            for i, e in enumerate(getattr(shape, key)):
                line = document.line((key, i))
                if e.id in ids:
                    self.faults.add(
                        document,
                        (key, i),
                        "duplicate-id",
                        f'"{e.id}" is also on line {ids[e.id]}',
                        "Rename one of them.",
                    )
                ids[e.id] = line
                entries.append(self.read_entry(document, e, part, (key, i), defined))
        for i, id in enumerate(shape.who_helps):
            if id not in self.helpers:
                self.faults.add(
                    document,
                    ("who_helps", i),
                    "unknown-helper",
                    f'"{id}" is no helper',
                    nearest(id, self.helpers),
                )
        procedure = read_procedure(self, folder, shape, defined, entries)
        texts, checked, pages, missing = self.read_texts(folder, shape, entries, procedure)
        page: dict[str, Any] = {}
        if (folder / "page.yaml").exists() and (got := self.shaped(folder / "page.yaml", s.PageShape)):
            page = got[1].model_dump(by_alias=True)
            for i, amount in enumerate(page["money_amounts"]):
                if amount not in self.amounts:
                    self.faults.add(
                        got[0],
                        ("money_amounts", i),
                        "unknown-amount",
                        f'no amount is called "{amount}"',
                        nearest(amount, self.amounts),
                    )
        return Pathway(
            id=shape.pathway,
            title=shape.title,
            terms=shape.terms,
            region=shape.region or "",
            in_force=Period(shape.in_force.from_, shape.in_force.until),
            reviewed=shape.reviewed.model_dump() | {"line": document.line(("reviewed",))},
            entries=tuple(entries),
            who_helps=tuple(shape.who_helps),
            not_modelled=tuple(shape.not_modelled),
            texts=texts,
            checked=checked,
            page=page,
            pages=pages,
            missing_texts=missing,
            cases=self.read_cases(folder),
            folder=shown(folder),
            file=document.file,
            procedure=procedure,
        )

    def read_entry(
        self, document: Document, e: s.EntryShape, part: Part, path: Path_, defined: dict[str, Defined]
    ) -> Entry:
        cite = self.cite(e.cite, document, (*path, "cite"))
        test = TestReader(self, document, defined, e.id).entry_test(e, path)
        effect = getattr(e, "effect", "decides")
        where = (*path, "cite", "grade")

        def fault(kind: str, what: str, mend: str) -> None:
            self.faults.add(document, where, kind, f'"{e.id}": {what}', mend)

        decides = part in ("gate", "channel") or (part in ("exemption", "condition") and effect == "decides")
        if cite.grade == "unconfirmed" and decides:
            fault(
                "unconfirmed-decides",
                "an unconfirmed line would decide",
                "Use `effect: caution`, or a source that was read.",
            )
        if cite.grade == "derived" and decides:
            fault(
                "derived-decides",
                "a derived line would decide",
                "Derived amounts serve as reference; use `effect: reference`.",
            )
        if test is None and part in ("gate", "exemption", "channel"):
            fault("no-test", "has no test", "Say when it holds, with `when:`.")
        if test is None and part == "condition" and effect != "appraised":
            fault(
                "no-test",
                f"has no test, but effect {effect}",
                "Say when it holds, or make it `effect: appraised`.",
            )
        for grade in _inner_grades(test):
            if decides and grade in ("unconfirmed", "derived"):
                fault(f"{grade}-decides", f"a part of it is {grade} and would decide", "Move it to a caution.")
        if e.from_ and e.until and e.from_ >= e.until:
            fault(
                "empty-period",
                f"{e.from_} to {e.until} is no period",
                "`until` is the first day no longer in force.",
            )
        instead = getattr(e, "instead", None) or ()
        extra: dict[str, Any] = {}
        by = getattr(e, "by", None) or ""
        if effect == "appraised" and by not in self.helpers:
            fault("unknown-helper", f'"{by}" is no helper', nearest(by, self.helpers))
        if isinstance(e, s.AnchorShape):
            extra = {"fact": e.fact, "amount": e.amount}
            if e.fact not in self.facts:
                self.faults.add(
                    document,
                    (*path, "fact"),
                    "unknown-fact",
                    f'no fact is called "{e.fact}"',
                    nearest(e.fact, self.facts),
                )
            if e.amount not in self.amounts:
                self.faults.add(
                    document,
                    (*path, "amount"),
                    "unknown-amount",
                    f'no amount is called "{e.amount}"',
                    nearest(e.amount, self.amounts),
                )
        return Entry(
            id=e.id,
            part=part,
            says=e.says,
            cite=cite,
            period=Period(e.from_, e.until),
            test=test,
            effect=cast(Effect, effect),
            seen=e.seen,
            also=tuple(self.cite(c, document, (*path, "also", i)) for i, c in enumerate(e.also)),
            quote=tuple(e.quote.items()),
            by=by,
            shown_by=tuple(getattr(e, "shown_by", ())),
            better=getattr(e, "better", None) or "",
            lasts=getattr(e, "lasts", ""),
            instead=(instead,) if isinstance(instead, str) else tuple(instead),
            caution=getattr(e, "kind", ""),
            note=e.note or "",
            line=document.line(path),
            **extra,
        )

    def read_texts(
        self, folder: Path, shape: s.RuleShape, entries: list[Entry], procedure: Procedure | None
    ) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, Any]], dict[str, dict[str, Any]], dict[str, list[str]]]:
        texts: dict[str, dict[str, str]] = {"en": english_texts(shape, entries)}
        checked: dict[str, dict[str, Any]] = {}
        pages: dict[str, dict[str, Any]] = {}
        missing: dict[str, list[str]] = {}
        for path in sorted(folder.glob("texts/*.yaml")):
            got = self.shaped(path, s.TextsShape)
            if got is None:
                missing[path.stem] = []
                continue
            document, t = got
            if t.language != path.stem:
                self.faults.add(
                    document,
                    ("language",),
                    "wrong-language",
                    f"{t.language} in {path.name}",
                    "Make them agree.",
                )
            texts[t.language] = {"title": t.title, **t.texts}
            for id in t.texts:
                if id not in texts["en"]:
                    self.faults.add(
                        document,
                        ("texts", id),
                        "unknown-text",
                        f'no line of the rule is called "{id}"',
                        nearest(id, texts["en"]),
                    )
            missing[t.language] = [id for id in texts["en"] if id != "title" and id not in t.texts]
            if procedure or not (folder / "procedure.yaml").exists():
                self.procedure_texts(procedure, document, t)
            if len(t.not_modelled) != len(shape.not_modelled):
                missing[t.language].append("not_modelled")
            for i, line in enumerate(t.not_modelled):
                texts[t.language][f"not_modelled.{i}"] = line
            checked[t.language] = t.checked.model_dump()
            pages[t.language] = t.page
        return texts, checked, pages, missing

    def procedure_texts(self, procedure: Procedure | None, document: Document, t: s.TextsShape) -> None:
        """Give the procedure its texts in one language, noting those that belong to no line of it."""
        english = procedure.english_texts() if procedure else {}
        for id in t.procedure:
            if id not in english:
                what = f'no line of the procedure is called "{id}"'
                self.faults.add(document, ("procedure", id), "unknown-text", what, nearest(id, english))
        if procedure:
            procedure.texts[t.language] = t.procedure
            procedure.missing_texts[t.language] = [id for id in english if id not in t.procedure]

    def read_cases(self, folder: Path) -> tuple[Case, ...]:
        path = folder / "cases.yaml"
        if not path.exists():
            return ()
        try:
            document = load_file(path)
        except InputError as error:
            self.faults.found += error.faults
            return ()
        listed, at = document.value, cast(Path_, ())
        if isinstance(listed, dict) and list(listed) == ["cases"]:
            listed, at = listed["cases"], ("cases",)
        if not isinstance(listed, list):
            self.faults.add(document, (), "wrong-shape", "cases.yaml is a list of cases", "Begin each with `- case:`.")
            return ()
        cases: dict[str, Case] = {}
        for n, raw in enumerate(listed):
            i = (*at, n)
            try:
                shape = s.CaseShape.model_validate(raw)
            except ValidationError as error:
                whole = Document(
                    document.file,
                    raw,
                    {p[len(i) :]: n for p, n in document.lines.items() if p[: len(i)] == i},
                )
                self.faults.shape(whole, error)
                continue
            base: dict[str, Any] = {}
            if shape.like is not None:
                if shape.like not in cases:
                    self.faults.add(
                        document,
                        (*i, "like"),
                        "unknown-case",
                        f'no earlier case is called "{shape.like}"',
                        nearest(shape.like, cases),
                    )
                else:
                    base = cases[shape.like].facts
            if shape.case in cases:
                self.faults.add(document, i, "duplicate-id", f'two cases are called "{shape.case}"', "Rename one.")
            given = s.flatten(shape.facts)
            for id in given:
                if given[id] == "absent" and id not in self.facts:
                    what, mend = f'no fact is called "{id}"', nearest(id, self.facts)
                    self.faults.add(document, (*i, "facts", *id.split(".")), "unknown-fact", what, mend)
            facts = {k: v for k, v in (base | given).items() if v != "absent"}
            expect = shape.expect.model_dump(exclude_unset=True)
            cases[shape.case] = Case(shape.case, shape.on, facts, expect, shape.why or "", document.line(i))
        return tuple(cases.values())


def english_texts(shape: s.RuleShape, entries: Iterable[Entry]) -> dict[str, str]:
    """Return every English text of a rule by its id in `texts/`."""
    out = {"title": shape.title} | {f"define.{name}": named.says for name, named in shape.define.items()}
    for e in entries:
        out[e.id] = e.says
        if e.better:
            out[f"{e.id}.better"] = e.better
        if e.lasts:
            out[f"{e.id}.lasts"] = e.lasts
        for test in walk(e.test):
            if isinstance(test, Disputed):
                for reading in test.readings:
                    out[f"{e.id}.{reading.id}"] = reading.says
            if isinstance(test, NotModelled):
                out[test.key] = test.why
    return out


def _inner_grades(test: Test | None) -> list[str]:
    return [t.cite.grade for t in walk(test) if isinstance(t, Cited)]
