"""Reading `procedure.yaml` and `legalisation.yaml` into `law.procedure`, with all faults at once.

Names of conditions, channels, documents and stages are looked up here, where their line is known. Time limits are
looked up by whoever reads those.
"""

import string
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sojourn.law import procedure as p
from sojourn.law import procedure_schema as ps
from sojourn.law import schema as s
from sojourn.law.faults import nearest
from sojourn.law.model import Disputed, Entry, walk
from sojourn.law.yaml12 import Document, Path_
from sojourn.values.countries import COUNTRIES
from sojourn.values.period import Period

if TYPE_CHECKING:
    from sojourn.law.read import BodyReader, Defined

L = TypeVar("L", bound=p.Line)
TOKENS = frozenset({"family_name", "given_names", "nationality", "birth_date:dd/mm/yyyy", "birth_date:ddmmyyyy"})
"""What a payment message may be made of."""


class ProcedureReader:
    """One reading of one `procedure.yaml`."""

    def __init__(
        self,
        law: "BodyReader",
        document: Document,
        rule: s.RuleShape,
        defined: "dict[str, Defined]",
        entries: list[Entry],
    ) -> None:
        self.law, self.document, self.defined = law, document, defined
        self.pathway = rule.pathway
        self.conditions = {e.id for e in entries if e.part == "condition"}
        self.channels = {e.id for e in entries if e.part == "channel"}

    def read(self, shape: ps.ProcedureShape, folder: Path) -> p.Procedure:
        """Return the procedure in `folder`; faults are noted with the law's."""
        if shape.pathway != self.pathway:
            what = f"this is the procedure of {shape.pathway}, beside the rule of {self.pathway}"
            self.fault(("pathway",), "wrong-pathway", what, "Make them agree.")
        procedure = p.Procedure(
            pathway=shape.pathway,
            file=self.document.file,
            stages=self.section("stages", shape.stages, self.stage),
            filing=self.section("filing", shape.filing, self.place),
            warnings=self.section("warnings", shape.warnings, lambda x, _, line: p.Notice(**line, kind=x.kind)),
            evidence=self.section("evidence", shape.evidence, self.paper),
            languages=self.section("languages", shape.languages, self.tongues),
            fees=self.section("fees", shape.fees, self.fee),
            clocks=self.section("clocks", shape.clocks, self.clock),
            races=self.section("races", shape.races, self.race),
            appeals=self.section("appeals", shape.appeals, self.appeal),
            after=self.section("after", shape.after, self.follows),
            not_modelled=tuple(shape.not_modelled),
            cases=self.cases(folder),
        )
        self.look_up(procedure, shape)
        return procedure

    def fault(self, path: Path_, kind: str, what: str, mend: str) -> None:
        self.law.faults.add(self.document, path, kind, what, mend)

    # --- lines

    def section(
        self, name: str, shapes: Iterable[Any], make: Callable[[Any, Path_, dict[str, Any]], L]
    ) -> tuple[L, ...]:
        """Return the lines of a section; several of one name are versions and must not overlap in time."""
        out: dict[str, list[tuple[L, Path_]]] = {}
        for i, shape in enumerate(shapes):
            path: Path_ = (name, i)
            called = f"{shape.stage}.{shape.id}" if isinstance(shape, ps.DocumentShape) else shape.id
            later = f"@{shape.from_ or shape.seen or 'later'}" if called in out else ""
            line = make(shape, path, self.line(shape, path, f"{name}.{called}{later}"))
            out.setdefault(called, []).append((line, path))
        for versions in out.values():
            for (a, _), (b, path) in pairwise(versions):
                first = Period(a.period.first or a.seen, a.period.until)
                second = Period(b.period.first or b.seen, b.period.until)
                if first.overlaps(second):
                    what = f'two versions of "{b.id}" are in force on {second.first or first.first or "every day"}'
                    mend = "One day has one version: end the first with `until`, or rename one of them."
                    self.fault(path, "overlap", what, mend)
        found = sorted((x for versions in out.values() for x in versions), key=lambda x: x[1][1])
        return tuple(line for line, _ in found)

    def line(self, shape: s.EntryShape, path: Path_, key: str) -> dict[str, Any]:
        """Return what every line has."""
        if shape.from_ and shape.until and shape.from_ >= shape.until:
            what = f"{shape.from_} to {shape.until} is no period"
            self.fault((*path, "until"), "empty-period", what, "`until` is the first day no longer in force.")
        advice = isinstance(shape, ps.WarningShape) or getattr(shape, "need", "required") != "required"
        if shape.cite.grade == "unconfirmed" and not advice:
            what = f'"{shape.id}" is unconfirmed and would bind'
            mend = "Name a source that was read, or make it a warning or a paper that is only advised."
            self.fault((*path, "cite", "grade"), "unconfirmed-decides", what, mend)
        test = self.law.tests(self.document, self.defined, key).entry_test(shape, path)
        if any(isinstance(t, Disputed) for t in walk(test)):
            what = f'"{shape.id}" asks a disputed question; a procedure has no readings'
            self.fault(path, "readings-in-procedure", what, "Say the dispute in a warning of kind `disputed`.")
            test = None
        staged = {"stage": shape.stage} if isinstance(shape, ps.StagedShape) else {}
        return {
            "id": shape.id,
            "key": key,
            "says": shape.says,
            "cite": self.law.cite(shape.cite, self.document, (*path, "cite")),
            "period": Period(shape.from_, shape.until),
            "test": test,
            "seen": shape.seen,
            "also": tuple(self.law.cite(c, self.document, (*path, "also", i)) for i, c in enumerate(shape.also)),
            "quote": tuple(shape.quote.items()),
            "note": shape.note or "",
            "line": self.document.line(path),
            **staged,
        }

    def stage(self, x: ps.StageShape, path: Path_, line: dict[str, Any]) -> p.Stage:
        self.known((*path, "at"), x.at, self.law.helpers, "unknown-helper", "helper")
        return p.Stage(**line, at=x.at, after=tuple(x.after), later=x.later)

    def place(self, x: ps.PlaceShape, path: Path_, line: dict[str, Any]) -> p.Place:
        if x.channel:
            self.known((*path, "channel"), x.channel, self.channels, "unknown-channel", "channel of the rule")
        return p.Place(**line, channel=x.channel or "", form=x.form, where=x.where, by=tuple(x.by))

    def paper(self, x: ps.DocumentShape, path: Path_, line: dict[str, Any]) -> p.Document:
        for i, id in enumerate(x.proves):
            self.known((*path, "proves", i), id, self.conditions, "unknown-condition", "condition of the rule")
        return p.Document(
            **line,
            proves=tuple(x.proves),
            one_of=x.one_of or "",
            need=x.need,
            form=x.form or "",
            copies=x.copies,
            issuer=x.issuer or "",
            issued_in=tuple(x.issued_in),
            official=x.official,
            max_age=(x.max_age.months, x.max_age.days) if x.max_age else None,
            legalise=x.legalise,
            expires=x.expires,
            untranslated=x.untranslated or x.form == "form" or x.issued_in == ["belgium"],
            lead_days=x.lead_days,
            issued=self.day_fact(x.issued, (*path, "issued")),
            order=x.order,
        )

    def tongues(self, x: ps.LanguagesShape, path: Path_, line: dict[str, Any]) -> p.Languages:
        del path
        return p.Languages(**line, stages=tuple(x.stages), accepted=tuple(x.accepted), sworn=x.sworn)

    def fee(self, x: ps.FeeShape, path: Path_, line: dict[str, Any]) -> p.Fee:
        self.known((*path, "amount"), x.amount, self.law.amounts, "unknown-amount", "amount")
        account = None
        if x.account:
            where = (*path, "account")
            self.message(x.account.message, (*where, "message"))
            account = p.Account(
                x.account.iban,
                x.account.beneficiary or "",
                x.account.message,
                self.law.cite(x.account.cite, self.document, (*where, "cite")),
                tuple(self.law.cite(c, self.document, (*where, "also", i)) for i, c in enumerate(x.account.also)),
            )
        exempt = []
        for i, e in enumerate(x.exempt):
            where = (*path, "exempt", i)
            one = p.Line(**self.line(e, where, f"{line['key']}.{e.id}"))
            if one.test is None:
                self.fault(where, "no-test", f'"{e.id}" exempts everybody', "Say whom, with `when:`.")
            exempt.append(one)
        return p.Fee(
            **line, amount=x.amount, per=x.per, due=x.due, paid_by=x.paid_by, account=account, proof=x.proof or "",
            exempt=tuple(exempt),
        )  # fmt: skip

    def message(self, template: str, path: Path_) -> None:
        for _, name, spec, _ in string.Formatter().parse(template):
            token = f"{name}:{spec}" if spec else name
            if token is not None and token not in TOKENS:
                self.fault(path, "unknown-token", f'"{token}" is no part of a payment message', nearest(token, TOKENS))

    def clock(self, x: ps.ClockShape, path: Path_, line: dict[str, Any]) -> p.Clock:
        del path
        return p.Clock(
            **line, limit=x.limit or "", starts=tuple(x.starts), notice=x.notice or "", who=x.who,
            on_silence=x.on_silence or "", of=x.of or "", ends=tuple(x.ends),
        )  # fmt: skip

    def race(self, x: ps.RaceShape, path: Path_, line: dict[str, Any]) -> p.Race:
        return p.Race(
            **line, clock=x.clock or "", months=x.months, fact=self.day_fact(x.fact, (*path, "fact")),
            limit=x.limit or "", instead=x.instead or "", as_if=tuple(s.flatten(x.as_if).items()),
        )  # fmt: skip

    def day_fact(self, id: str | None, path: Path_) -> str:
        """Return the id of a fact that is a day, or nothing where none is named."""
        days = [f.id for f in self.law.facts.values() if f.type == "date"]
        if id is not None:
            self.known(path, id, days, "unknown-fact", "fact that is a day")
        return id or ""

    def appeal(self, x: ps.AppealShape, path: Path_, line: dict[str, Any]) -> p.Appeal:
        del path
        return p.Appeal(
            **line, against=tuple(x.against), to=x.to, send_to=x.send_to or "", form=tuple(x.form),
            on_pain_of=x.on_pain_of or "", limit=x.limit, suspends=x.suspends, next=x.next or "",
        )  # fmt: skip

    def follows(self, x: ps.AfterShape, path: Path_, line: dict[str, Any]) -> p.After:
        fact = self.day_fact(x.fact, (*path, "fact"))
        return p.After(**line, kind=x.kind, limit=x.limit or "", years=x.years, of=x.of or "", fact=fact)

    def cases(self, folder: Path) -> tuple[p.ProcedureCase, ...]:
        """Return the worked cases in `procedure.cases.yaml`; `like` takes over the facts of an earlier one."""
        path = folder / "procedure.cases.yaml"
        found = self.law.shaped(path, ps.ProcedureCasesShape) if path.exists() else None
        if found is None:
            return ()
        document, shape = found
        out: dict[str, p.ProcedureCase] = {}
        for i, x in enumerate(shape.cases):
            where: Path_ = ("cases", i)
            if x.case in out:
                what = f'two cases are called "{x.case}"'
                self.law.faults.add(document, where, "duplicate-id", what, "Rename one.")
            if x.like is not None and x.like not in out:
                what = f'no earlier case is called "{x.like}"'
                self.law.faults.add(document, (*where, "like"), "unknown-case", what, nearest(x.like, out))
            base = out[x.like].facts if x.like in out else {}
            facts = {k: v for k, v in (base | s.flatten(x.facts)).items() if v != "absent"}
            expect = x.expect.model_dump(exclude_unset=True, by_alias=True)
            out[x.case] = p.ProcedureCase(x.case, x.on, facts, expect, x.why, document.file, document.line(where))
        return tuple(out.values())

    # --- names

    def known(self, path: Path_, id: str, known: Iterable[str], kind: str, what: str) -> None:
        if id not in known:
            self.fault(path, kind, f'no {what} is called "{id}"', nearest(id, known))

    def look_up(self, procedure: p.Procedure, shape: ps.ProcedureShape) -> None:
        """Note every stage, document and appeal that is named but not there."""
        known = {
            "stage": {x.id for x in procedure.stages},
            "document": {x.id for x in procedure.evidence},
            "appeal": {x.id for x in procedure.appeals},
            "place": {x.id for x in procedure.filing},
            "clock": {x.id for x in procedure.clocks if x.limit},
        }
        for name, lines in procedure.sections():
            for i, line in enumerate(lines):
                for key, what, id in _named(line):
                    self.known((name, i, key), id, known[what], f"unknown-{what}", what)
        groups: dict[str, list[int]] = {}
        for i, paper in enumerate(shape.evidence):
            if paper.one_of:
                groups.setdefault(paper.one_of, []).append(i)
        for group, members in groups.items():
            if len(members) == 1:
                what = f'"{group}" offers one document only'
                self.fault(("evidence", members[0], "one_of"), "lone-alternative", what, "Name another, or drop it.")


def _named(line: p.Line) -> Iterator[tuple[str, str, str]]:
    """Yield what a line names elsewhere in its procedure: under which key, of what sort, and the id."""
    if isinstance(line, p.Staged):
        yield "stage", "stage", line.stage
    match line:
        case p.Stage():
            yield from (("after", "stage", id) for id in line.after)
        case p.Languages():
            yield from (("stages", "stage", id) for id in line.stages)
        case p.Fee() if line.proof:
            yield "proof", "document", line.proof
        case p.Appeal() if line.next:
            yield "next", "appeal", line.next
        case p.Clock():
            yield from (("starts", "stage", s.rpartition(".")[0]) for s in line.starts if "." in s)
            if line.of:
                yield "of", "appeal", line.of
        case p.Race():
            yield from (("clock", "clock", id) for id in (line.clock,) if id)
            yield from (("instead", "place", id) for id in (line.instead,) if id)
        case p.After() if line.of:
            yield "of", "stage", line.of


def read_procedure(
    law: "BodyReader", folder: Path, rule: s.RuleShape, defined: "dict[str, Defined]", entries: list[Entry]
) -> p.Procedure | None:
    """Return the procedure in `folder`, or None where there is none or it cannot be read."""
    path = folder / "procedure.yaml"
    if not path.exists():
        return None
    found = law.shaped(path, ps.ProcedureShape)
    if found is None:
        return None
    document, shape = found
    return ProcedureReader(law, document, rule, defined, entries).read(shape, folder)


def read_legalisation(law: "BodyReader") -> p.LegalisationLaw | None:
    """Return the legalisation law of the last folder that has one."""
    out = None
    for document, shape in law.each("legalisation.yaml", ps.LegalisationShape):
        out = _legalisation(law, document, shape)
    return out


def _legalisation(law: "BodyReader", document: Document, shape: ps.LegalisationShape) -> p.LegalisationLaw:
    def cites(listed: list[s.CiteShape], path: Path_) -> tuple[Any, ...]:
        return tuple(law.cite(c, document, (*path, "also", i)) for i, c in enumerate(listed))

    def general(name: str, rule: ps.RuleTextShape) -> p.General:
        return p.General(rule.says, law.cite(rule.cite, document, (name, "cite")), cites(rule.also, (name,)))

    def country(code: str, path: Path_) -> None:
        if code not in COUNTRIES or code == "stateless":
            mend = "Countries are two capital letters, ISO 3166-1 alpha-2."
            law.faults.add(document, path, "unknown-country", f'"{code}" is no country code', mend)

    apostille = general("apostille", shape.apostille)
    states = {}
    for code, x in shape.states.items():
        path = ("states", code)
        country(code, path)
        cite = law.cite(x.cite, document, (*path, "cite")) if x.cite else apostille.cite
        states[code] = p.Party(code, Period(x.from_, x.until), x.for_belgium_from, x.doubt or "", cite)
    exempt = []
    for i, e in enumerate(shape.exempt):
        for j, code in enumerate(e.countries):
            country(code, ("exempt", i, "countries", j))
        exempt.append(
            p.Exempt(
                e.id, e.says, frozenset(e.countries), frozenset(e.documents), Period(e.from_ or e.seen, e.until),
                law.cite(e.cite, document, ("exempt", i, "cite")), cites(e.also, ("exempt", i)),
            )
        )  # fmt: skip
    return p.LegalisationLaw(
        file=document.file,
        ordinary=general("ordinary", shape.ordinary),
        apostille=apostille,
        doubtful=general("doubtful", shape.doubtful),
        complete_on=shape.complete_on,
        states=states,
        exempt=tuple(exempt),
        not_modelled=tuple(shape.not_modelled),
    )
