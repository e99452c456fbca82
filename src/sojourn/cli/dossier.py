"""`sojourn dossier`: begin a dossier, record what happens, correct it, check it, read it."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sojourn.cli.app import Day, default_language, emit, load, options, page, pathway_ids, words
from sojourn.law.faults import Fault, InputError, nearest, shown

if TYPE_CHECKING:
    from sojourn.dossier.events import Event
    from sojourn.dossier.ledger import Ledger
    from sojourn.law.model import Law
    from sojourn.shelf import Draft, Recorded

Command = TypeVar("Command", bound=Callable[..., Any])
PASSPHRASE = "SOJOURN_PASSPHRASE"  # noqa: S105  the name of a variable
_FILE = click.argument("file", type=click.Path(path_type=Path))
_DATA = click.option("--data", "pairs", multiple=True, metavar="KEY=VALUE", help="What the event carries.")
_DOCUMENTS = click.option("--document", "documents", multiple=True, metavar="ID", help="A document it is about.")
_SOURCE = click.option("--source", default="", help="What shows it, in your words.")
_WAIT = click.option("--wait", type=float, default=5.0, metavar="SECONDS", help="Wait for another process.")


@click.group()
def dossier() -> None:
    """Keep the history of an application in one file: dated events, never rewritten.

    \b
    The passphrase of an encrypted dossier is asked for, or taken from SOJOURN_PASSPHRASE.
    Example:  sojourn dossier open me.sojourn be-vlg-professional-card
    """


@dossier.command("open")
@_FILE
@click.argument("pathway")
@click.option("--profile", type=click.Path(path_type=Path), help="A profile whose facts are stated in the dossier.")
@click.option("--encrypt", is_flag=True, help="Encrypt the dossier with a passphrase (age).")
@options("on", "lang", "format", "law")
def open_(
    file: Path, pathway: str, profile: Path | None, encrypt: bool, on: date | None, lang: str, form: str,
    laws: tuple[Path, ...],
) -> None:  # fmt: skip
    """Begin a dossier for one pathway; the file must not exist yet.

    \b
    Example:  sojourn dossier open me.sojourn be-vlg-professional-card --profile examples/ghent-designer.yaml
    """
    from sojourn.dossier.ledger import Header
    from sojourn.shelf import Draft, create

    law, recorded = load(laws), now()
    pathway_ids(law, (pathway,))
    day = on or recorded.date()
    drafts = [Draft("opened", day, {"pathway": pathway})]
    drafts += stated(law, profile, day) if profile else []
    with _told(file):
        secret = _new_passphrase(file) if encrypt else ""
        done = create(file, Header(pathway, lang), drafts, recorded, passphrase=secret)
    _confirm(file, done, form)


@dossier.command()
@_FILE
@click.argument("kind")
@click.option("--on", type=Day(), required=True, metavar="DAY", help="The day it happened.")
@_DATA
@_DOCUMENTS
@_SOURCE
@_WAIT
@options("format", "law")
def record(
    file: Path, kind: str, on: date, pairs: tuple[str, ...], documents: tuple[str, ...], source: str, wait: float,
    form: str, laws: tuple[Path, ...],
) -> None:  # fmt: skip
    """Record what happened; it is on the disk when this command says so.

    \b
    Kinds: fact-stated, document-added, filed, found-incomplete, completed, admissible, inadmissible, extended,
    notified, granted, refused, appealed, appeal-decided, paid, collected, entered, registered, renewed,
    withdrawn, closed, note.
    Example:  sojourn dossier record me.sojourn filed --on 2026-12-01 --data channel=online
              sojourn dossier record me.sojourn document-added --on 2026-11-20 --document passport-copy
              sojourn dossier record me.sojourn fact-stated --on 2026-11-20 --data fact=person.name --data value="…"
    """
    from sojourn.dossier.events import EventError
    from sojourn.shelf import Draft
    from sojourn.shelf import record as keep

    with _told(file):
        if kind == "opened":
            raise EventError([("a dossier is opened once", "`sojourn dossier open` begins another one.")])
        data = _data(kind, pairs, documents)
        if kind == "fact-stated":
            data["value"] = _fact_value(load(laws), data)
        seen: list[Ledger] = []

        def drafts(ledger: "Ledger") -> "list[Draft]":
            seen[:] = [ledger]
            return [Draft(kind, on, data, source)]

        done = keep(file, drafts, now(), ask=_passphrase, wait=wait)
    _confirm(file, done, form)
    _misfits(load(laws), seen[0], done)


@dossier.command()
@_FILE
@click.argument("number", type=int)
@click.option("--on", type=Day(), metavar="DAY", help="The day it really happened.")
@click.option("--kind", help="What it really was.")
@click.option("--strike", is_flag=True, help="It did not happen at all.")
@_DATA
@_DOCUMENTS
@_SOURCE
@_WAIT
@options("format", "law")
def correct(
    file: Path, number: int, on: date | None, kind: str | None, strike: bool, pairs: tuple[str, ...],
    documents: tuple[str, ...], source: str, wait: float, form: str, laws: tuple[Path, ...],
) -> None:  # fmt: skip
    """Correct event NUMBER by a new event; what you do not give stays as it was, KEY= takes a value out.

    \b
    Example:  sojourn dossier correct me.sojourn 3 --on 2026-12-02
              sojourn dossier correct me.sojourn 4 --strike --data reason="entered twice"
    """
    from sojourn.shelf import record as keep

    seen: list[Ledger] = []

    def drafts(ledger: "Ledger") -> "list[Draft]":
        seen[:] = [ledger]
        return [_correction(ledger, number, kind, on, pairs, documents, source, strike=strike, laws=laws)]

    with _told(file):
        done = keep(file, drafts, now(), ask=_passphrase, wait=wait)
    _confirm(file, done, form)
    _misfits(load(laws), seen[0], done)


@dossier.command()
@_FILE
@options("on", "lang", "format", "law")
def check(file: Path, on: date | None, lang: str, form: str, laws: tuple[Path, ...]) -> None:
    """Test the file: its chain of lines, the papers in it on the filing day, events that do not fit.

    \b
    Papers: too old, expired, in the wrong language, without translation, apostille or legalisation, of another country,
    with names or days that contradict each other. What the dossier does not say of a paper is told as unknown.
    Example:  sojourn dossier check examples/refused.sojourn --lang nl
    """
    ledger = read_file(file)
    law, day = load(laws), seen_on(on)
    w = words(law, lang)
    pathway = law.pathways.get(ledger.header.pathway) if ledger.header else None
    procedure = pathway.procedure if pathway else None
    if form == "json":
        from sojourn.words.examined import check_json

        found = check_json(w, procedure, ledger.events, day) if procedure else {"papers": [], "oddities": []}
        emit({"file": str(file), "on": day.isoformat(), "events": len(ledger.events), "last": ledger.last, **found,
              **_state(ledger)})  # fmt: skip
    else:
        warn(ledger.notices)
        if not ledger.faults:
            click.echo(
                w.say("{n} events, every line as it was written; the last hash is {hash}", n=len(ledger.events),
                      hash=ledger.last)
            )  # fmt: skip
        if procedure:
            from sojourn.cli.status import check_text

            click.echo(check_text(w, procedure, ledger.events, day, page()), nl=False)
    _stop_at(ledger, quiet=form == "json")


@dossier.command()
@_FILE
@options("lang", "format", "law")
def show(file: Path, lang: str, form: str, laws: tuple[Path, ...]) -> None:
    """Show the history as a person reads it, also what is readable of a damaged file.

    \b
    Example:  sojourn dossier show examples/refused.sojourn --lang nl
    """
    ledger = read_file(file)
    if form == "json":
        from sojourn.dossier.events import standing

        header = ledger.header
        emit(
            {
                "file": str(file),
                "pathway": header.pathway if header else None,
                "language": header.language if header else None,
                "events": [event_json(e) for e in ledger.events],
                "standing": [e.number for e in standing(ledger.events)],
                "last": ledger.last,
                **_state(ledger),
            }
        )
    else:
        from sojourn.cli.history import history

        click.echo(history(words(load(laws), lang), ledger, page()), nl=False)
        warn(ledger.notices)
    _stop_at(ledger, quiet=form == "json")


@dossier.command()
@_FILE
@options("on", "lang", "format", "law")
def status(file: Path, on: date | None, lang: str, form: str, laws: tuple[Path, ...]) -> None:
    """Say where an application stands: what to do, what runs, what silence means, which appeals are open.

    \b
    Example:  sojourn dossier status examples/refused.sojourn --on 2026-07-10
              sojourn dossier status examples/antwerp-architect.sojourn --on 2026-05-06 --lang nl
    """
    from sojourn.dossier.state import state
    from sojourn.words.state import state_json

    ledger = read_file(file)
    law = load(laws)
    w = words(law, lang)
    if ledger.header is None:
        _stop_at(ledger, quiet=False)
    assert ledger.header is not None
    found = state(law, followed(law, ledger, file), ledger.events, seen_on(on))
    if form == "json":
        emit({"file": str(file), **state_json(w, found), **_state(ledger)})
    else:
        from sojourn.cli.status import state_text

        click.echo(state_text(w, found, page()), nl=False)
        warn(ledger.notices)
    _stop_at(ledger, quiet=form == "json")


@dossier.command()
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="FILE|FOLDER...")
@click.option("--within", type=click.IntRange(0, 100_000), metavar="DAYS", help="Only what falls within so many days.")
@options("on", "lang", "format", "law")
def deadlines(
    paths: tuple[Path, ...], within: int | None, on: date | None, lang: str, form: str, laws: tuple[Path, ...]
) -> None:
    """List what is due in one dossier or in many, nearest first: last days, decisions to come, windows that open.

    \b
    Of a folder every dossier is read. What cannot be read is told on stderr; the rest is listed all the same.
    Example:  sojourn dossier deadlines examples/ --on 2026-07-31 --within 7
    """
    from sojourn.dossier.deadlines import due
    from sojourn.dossier.state import Moment
    from sojourn.words.state import due_json, law_json

    law, day = load(laws), seen_on(on)
    w, rows = words(law, lang), list[tuple[str, str, Moment]]()
    faults: list[Fault] = []
    for path in dossiers(paths):
        try:
            ledger = read_file(path)
            faults += ledger.faults
            if ledger.header:
                pathway = followed(law, ledger, path)
                rows += [(str(path), pathway, m) for m in due(law, pathway, ledger.events, day, within)]
        except InputError as error:
            faults += error.faults
    rows.sort(key=lambda row: (row[2].day, row[0], row[2].running.line.key))
    if form == "json":
        listed = [{"file": name, **due_json(w, pathway, m, day)} for name, pathway, m in rows]
        emit(
            {"on": day.isoformat(), "within": within, "deadlines": listed, "law": law_json(law), "faults": told(faults)}
        )
    else:
        from sojourn.cli.status import deadlines_text

        click.echo(deadlines_text(w, rows, day, page()), nl=False)
        warn(faults)
    if faults:
        sys.exit(2)


def dossiers(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files that are named, and every dossier in the folders that are, in order of their names."""
    from sojourn.dossier.ledger import SUFFIX

    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob(f"*{SUFFIX}"))
        else:
            yield path


@dossier.command()
@_FILE
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--encrypt", is_flag=True, help="Encrypt the new dossier with a passphrase (age).")
@options("format")
def recover(file: Path, new: Path, encrypt: bool, form: str) -> None:
    """Make a NEW dossier of everything that can be read of a damaged FILE, which stays as it is.

    \b
    Example:  sojourn dossier recover damaged.sojourn recovered.sojourn
    """
    from sojourn.dossier.events import make_event
    from sojourn.dossier.ledger import Header, salvage
    from sojourn.shelf import Recorded, restore

    ledger, recorded = read_file(file), now()
    newer = [f for f in ledger.faults if f.kind == "newer"]
    if newer:
        raise InputError(newer)
    kept = salvage(ledger)
    opened = [e.data["pathway"] for e in kept if e.kind == "opened"]
    if not kept or not (ledger.header or opened):
        what, mend = "no event, or not even the pathway, can be read: nothing to recover", "Use a copy."
        raise InputError([*ledger.faults, Fault(shown(file), 0, "nothing", what, mend)])
    lost = [f"line {f.line}: {f.what}" for f in ledger.faults]
    text = "\n".join([f"Recovered from {file.name}.", *lost])[:4000]
    note = make_event(kept[-1].number + 1, "note", recorded.date(), recorded, {"text": text})
    with _told(new):
        secret = _new_passphrase(new) if encrypt else ""
        restore(new, ledger.header or Header(opened[0], "en"), [*kept, note], passphrase=secret)
    warn(ledger.faults)
    _confirm(new, Recorded((*kept, note)), form)


def followed(law: "Law", ledger: "Ledger", file: Path) -> str:
    """Return the pathway of a dossier that has a header, where the law has a procedure for it; raises InputError."""
    assert ledger.header is not None
    pathway = ledger.header.pathway
    if pathway not in law.pathways:
        what = f'the law has no pathway "{pathway}"'
        raise InputError([Fault(shown(file), 0, "pathway", what, nearest(pathway, law.pathways))])
    if law.pathways[pathway].procedure is None:
        what = f"{pathway} has no procedure yet, so nothing can be derived from its events"
        raise InputError([Fault(shown(file), 0, "procedure", what, "`sojourn law list` shows which have one.")])
    return pathway


# -- what a command gives -------------------------------------------------------------------------------------------


def now() -> datetime:
    """Return this moment in UTC, or the one that $SOURCE_DATE_EPOCH fixes (for files that must come out the same)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(fixed), UTC)
    except (ValueError, OverflowError, OSError):
        what, mend = f"{fixed!r} is no number of seconds", "Unset it, or give whole seconds since 1970."
        raise InputError([Fault("SOURCE_DATE_EPOCH", 0, "environment", what, mend)]) from None


def seen_on(day: date | None) -> date:
    """Return the day on which to look at a dossier, today if left out; fails for a day outside any dossier."""
    from sojourn.dossier.events import FIRST_YEAR, LAST_YEAR

    seen = day or now().date()
    if not FIRST_YEAR <= seen.year <= LAST_YEAR:
        raise click.UsageError(f"{seen} lies outside any dossier; give a day from {FIRST_YEAR} to {LAST_YEAR}.")
    return seen


def stated(law: "Law", profile: Path, day: date) -> "list[Draft]":
    """Return the facts of a profile as events, in the order of the law's facts."""
    from sojourn.decide.profile import read_profile, written
    from sojourn.shelf import Draft

    who = read_profile(law, profile)
    on = who.on or day
    return [
        Draft("fact-stated", on, {"fact": id, "value": written(fact, who.facts[id])}, f"profile {profile.name}")
        for id, fact in law.facts.items()
        if id in who.facts
    ]


def _data(kind: str, pairs: Iterable[str], documents: tuple[str, ...]) -> dict[str, Any]:
    """Return the data that the options give; a value is read by the type of its name."""
    from sojourn.dossier.events import DATA, SHAPES, EventError, Kind

    data: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise EventError([(f"--data {pair!r} has no =", "Write --data until=2026-07-06.")])
        if name in data:
            raise EventError([(f'--data "{name}" is given twice', "Give it once.")])
        data[name] = _value(DATA[name].type if name in DATA else "text", text)
    if documents:
        shape = SHAPES[Kind(kind)] if kind in {*Kind} else None
        takes = (*shape.needs, *shape.may) if shape else ("documents",)
        if "documents" in takes:
            data["documents"] = [*data.get("documents", ()), *documents]
        elif "document" in takes and len(documents) == 1 and "document" not in data:
            data["document"] = documents[0]
        else:
            most = "one document" if "document" in takes else "no document"
            raise EventError([(f'"{kind}" is about {most}', "Record an event for each document: document-added.")])
    return data


def _value(sort: str, text: str) -> Any:
    if not text or sort not in ("any", "event", "ids"):
        return text
    if sort == "ids":
        return [x.strip() for x in text.split(",")]
    if sort == "event":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text
    from sojourn.law.yaml12 import load_bytes

    return load_bytes(f"value: {text}".encode(), "--data value").value["value"]


def _fact_value(law: "Law", data: Mapping[str, Any]) -> Any:
    """Return the value of a stated fact as a profile writes it; raises EventError."""
    from sojourn.decide.profile import FactValueError, read_value, written
    from sojourn.dossier.events import DOSSIER_FACTS, EventError

    id, value = data.get("fact"), data.get("value")
    if id is None or value in (None, "") or id in DOSSIER_FACTS:
        return value
    if id not in law.person_facts:
        raise EventError([(f'no fact is called "{id}"', nearest(id, [*law.person_facts, *DOSSIER_FACTS]))])
    try:
        return written(law.facts[id], read_value(law, law.facts[id], value))
    except FactValueError as error:
        raise EventError([(f"{id}: {error.what}", error.mend)]) from None


def _correction(
    ledger: "Ledger",
    number: int,
    kind: str | None,
    on: date | None,
    pairs: Iterable[str],
    documents: tuple[str, ...],
    source: str,
    *,
    strike: bool,
    laws: tuple[Path, ...],
) -> "Draft":
    from sojourn.dossier.events import ALWAYS, SHAPES, EventError, Kind, corrected_by
    from sojourn.shelf import Draft

    found = {e.number: e for e in ledger.events}.get(number)
    if found is None:
        raise EventError([(f"this dossier has no event {number}", "`sojourn dossier show` numbers them.")])
    later = corrected_by(ledger.events).get(number)
    if later:
        raise EventError([(f"event {number} was corrected already, by event {later}", f"Correct event {later}.")])
    if found.kind is Kind.OPENED and (strike or kind not in (None, "opened")):
        raise EventError([("a dossier stays open", "Correct the day of the opening, or begin a new dossier.")])
    if strike or found.kind is Kind.CORRECTED:
        if kind or on or not strike:
            raise EventError([("what is struck out has no day or kind", "Leave out --on and --kind; or record anew.")])
        return Draft("corrected", found.on, _data("corrected", pairs, documents), source, number)
    new = kind or str(found.kind)
    takes = {*SHAPES[Kind(new)].needs, *SHAPES[Kind(new)].may, *ALWAYS} if new in {*Kind} else set()
    data = {k: v for k, v in found.data.items() if k in takes} | _data(new, pairs, documents)
    data = {k: v for k, v in data.items() if v != ""}
    if found.kind is Kind.OPENED and data.get("pathway") != found.data["pathway"]:
        raise EventError([("a dossier keeps its pathway", "Begin a new dossier for another one.")])
    if new == "fact-stated":
        data["value"] = _fact_value(load(laws), data)
    draft = Draft(new, on or found.on, data, source or found.source, number)
    if (draft.kind, draft.on, dict(draft.data), draft.source) == (found.kind, found.on, found.data, found.source):
        raise EventError([(f"this says of event {number} what it says already", "Give what was different.")])
    return draft


# -- passphrases, faults, output --------------------------------------------------------------------------------------


def _passphrase(path: Path) -> str:
    given = os.environ.get(PASSPHRASE)
    if given:
        return given
    if not sys.stdin.isatty():
        what = "the dossier is encrypted, and there is no terminal to ask for its passphrase"
        raise InputError([Fault(shown(path), 0, "sealed", what, f"Set {PASSPHRASE}, or run this in a terminal.")])
    asked: str = click.prompt(f"Passphrase of {path.name}", hide_input=True, err=True)
    return asked


def _new_passphrase(path: Path) -> str:
    given = os.environ.get(PASSPHRASE)
    if given or not sys.stdin.isatty():
        return _passphrase(path)
    asked: str = click.prompt(f"New passphrase of {path.name}", hide_input=True, confirmation_prompt=True, err=True)
    return asked


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Tell what an event cannot be as faults of the file it was meant for."""
    from sojourn.dossier.events import EventError

    try:
        yield
    except EventError as error:
        raise InputError(
            Fault(shown(file), 0, "event", f"{what}; nothing was recorded", mend) for what, mend in error.faults
        ) from None


def read_file(file: Path) -> "Ledger":
    """Return what can be read of a dossier; asks for its passphrase."""
    from sojourn.shelf import read

    return read(file, ask=_passphrase)


def warn(faults: Iterable[Fault]) -> None:
    """Tell on stderr what a person should know."""
    for fault in faults:
        click.echo(str(fault), err=True)


def _stop_at(ledger: "Ledger", *, quiet: bool) -> None:
    if not quiet:
        warn(ledger.faults)
    if ledger.faults:
        sys.exit(2)


def told(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return faults as JSON has them."""
    return [{"line": f.line, "kind": f.kind, "what": f.what, "mend": f.mend} for f in faults]


def _misfits(law: "Law", before: "Ledger", done: "Recorded") -> None:
    """Say on stderr in which way what was recorded does not fit the rest; it is kept all the same."""
    from sojourn.dossier.oddities import Odd, oddities
    from sojourn.dossier.running import history
    from sojourn.words.examined import oddity_text

    pathway = law.pathways.get(before.header.pathway) if before.header else None
    if pathway is None or pathway.procedure is None:
        return
    w, new = words(law, default_language()), {e.number for e in done.events}
    for x in oddities(pathway.procedure, history([*before.events, *done.events], date.max)):
        if x.event.number in new and x.odd is not Odd.NOT_YET:  # that was said already
            says = w.say("It was recorded, but it does not fit. Correct the event that is wrong.")
            click.echo(f"{oddity_text(w, x)}. {says}", err=True)


def _state(ledger: "Ledger") -> dict[str, Any]:
    return {
        "faults": told(ledger.faults),
        "notices": told(ledger.notices),
        "unread": [{"line": n, "text": raw.decode("utf-8", "replace")} for n, raw in ledger.unread],
    }


def event_json(event: "Event") -> dict[str, Any]:
    """Return an event as JSON has it."""
    return {
        "number": event.number,
        "kind": str(event.kind),
        "on": event.on.isoformat(),
        "data": dict(event.data),
        "source": event.source or None,
        "corrects": event.corrects,
        "recorded": event.recorded.isoformat(),
    }


def _confirm(file: Path, done: "Recorded", form: str) -> None:
    """Say what is on the disk now."""
    from sojourn.dossier.ledger import plain

    warn(done.notices)
    if done.set_aside:
        click.echo(f"An unfinished last line was found; it is kept in {done.set_aside}.", err=True)
    late = now().date() + timedelta(days=1)  # it may be tomorrow already where the person is
    for event in done.events:
        if event.on > late:
            click.echo(f"Event {event.number}: {event.on} has not come yet. Correct it if that is a slip.", err=True)
    if form == "json":
        emit({"file": str(file), "recorded": [event_json(e) for e in done.events]})
        return
    for event in done.events:
        click.echo(plain(event))
