"""The dossier that a visitor has opened: the text of its file, in the session, and nowhere else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from sojourn.decide.profile import written
from sojourn.decide.variables import Facts
from sojourn.dossier.events import Event, EventError, make_event
from sojourn.dossier.ledger import Header, Ledger, lines, new_ledger, parse
from sojourn.law.model import Law
from sojourn.site.body import the_law
from sojourn.words.language import Words

KEY = "dossier"
MOST_BYTES = 1_000_000
_SEALED = b"age-encryption.org/"
FAULTS = {
    "no-header": "This file is no dossier of Sojourn: its first line does not say so.",
    "newer": "A newer Sojourn wrote this dossier. What we understand is shown; nothing can be added here.",
    "altered": "This line is not as Sojourn wrote it. Take it from a copy.",
    "unreadable": "This line cannot be read. It is kept as it stands.",
    "broken-chain": "Before this line, lines were changed, taken out, put in or moved.",
    "wrong-number": "The number of this event does not follow the one before. Use a copy.",
    "torn": "The last line was never finished. What stands above it is whole; the piece is left out when you save.",
}


class DossierRefusedError(Exception):
    """The file cannot be opened here; `told` says why, in the visitor's language."""

    def __init__(self, *told: str) -> None:
        super().__init__()
        self.told = list(told)


@dataclass(frozen=True)
class Held:
    """An open dossier: the name of its file, its bytes, and what could be read of them."""

    name: str
    raw: bytes
    ledger: Ledger

    @property
    def pathway(self) -> str:
        """The pathway it is for."""
        return self.ledger.header.pathway if self.ledger.header else ""


def held(request: HttpRequest) -> Held | None:
    """Return the dossier that is open in this session, None where none is."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    raw = kept["raw"].encode("utf-8", "surrogateescape")
    return Held(kept["name"], raw, parse(raw, kept["name"]))


def hold(request: HttpRequest, name: str, raw: bytes) -> None:
    """Keep a dossier open in this session."""
    request.session[KEY] = {"name": name, "raw": raw.decode("utf-8", "surrogateescape")}


def let_go(request: HttpRequest) -> None:
    """Close the dossier: the session forgets it."""
    request.session.pop(KEY, None)


def read_upload(w: Words, upload: "UploadedFile[bytes] | None") -> tuple[str, bytes]:
    """Return name and bytes of a dossier file that can be shown; raises DossierRefusedError."""
    if upload is None:
        raise DossierRefusedError(w.say("Choose a file first."))
    if (upload.size or 0) > MOST_BYTES:
        raise DossierRefusedError(w.say("The file is too large: we read at most 1 MB."))
    raw = upload.read()
    if raw.startswith(_SEALED):
        raise DossierRefusedError(
            w.say("This dossier is encrypted. Open it with the command line: a passphrase is not for a web site.")
        )
    if b"\0" in raw:
        raise DossierRefusedError(w.say(FAULTS["no-header"]))
    ledger = parse(raw, "dossier")
    if ledger.header is None:
        raise DossierRefusedError(w.say(FAULTS["no-header"]))
    pathway = the_law().pathways.get(ledger.header.pathway)
    if pathway is None or pathway.procedure is None:
        raise DossierRefusedError(w.say("We know no procedure for the pathway of this dossier."))
    name = "".join(c for c in (upload.name or "") if c.isalnum() or c in "-_. ")[:80]
    return name or "dossier.sojourn", raw


def begun(law: Law, pathway: str, language: str, facts: Facts, on: date) -> bytes:
    """Return a new dossier for a pathway, with the facts told so far as its first events."""
    drafts = [("opened", {"pathway": pathway})]
    drafts += [("fact-stated", {"fact": id, "value": written(law.facts[id], known)}) for id, known in facts.items()]
    events = [make_event(n, kind, on, now(), data) for n, (kind, data) in enumerate(drafts, 1)]
    return new_ledger(Header(pathway, language), events)


def added(dossier: Held, kind: str, on: date, data: dict[str, object], source: str, corrects: int | None) -> bytes:
    """Return the bytes of the dossier with one more event.

    Raises EventError where the event cannot be as it is given, or nothing may be added after damage.
    """
    ledger = dossier.ledger
    if not ledger.writable:
        raise EventError(
            [("nothing can be added after a damaged or newer line", "Use the command line to recover it.")]
        )
    number = ledger.events[-1].number + 1 if ledger.events else 1
    event = make_event(number, kind, on, now(), data, source, corrects)
    known = {e.number for e in ledger.events}
    for name in (event.corrects, event.data.get("against"), event.data.get("notice_of")):
        if name is not None and name not in known:
            raise EventError([(f"this dossier has no event {name}", "")])
    raw = dossier.raw[: ledger.length] + (b"" if ledger.ended else b"\n") + lines([event], ledger.last)
    if len(raw) > MOST_BYTES:
        raise EventError([("the dossier would grow too large", "")])
    return raw


def now() -> datetime:
    """Return this moment, UTC."""
    return datetime.now(UTC)


__all__ = ["DossierRefusedError", "Event", "Held", "added", "begun", "held", "hold", "let_go", "now", "read_upload"]
