"""What the papers tell, in words: plain inputs that a dossier, a plan or a test can fill.

The caller writes every text here in the language of the paper; what frames them is said by `sojourn.papers` itself.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Need = Literal["required", "advised", "if-asked"]


@dataclass(frozen=True, slots=True)
class Person:
    """Who files. What is not known (empty) becomes a blank to fill in."""

    name: str = ""
    birth_date: date | None = None
    nationality: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A document on file. `file`: under which name it is kept; empty where only its existence was recorded."""

    title: str
    issued: date | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that will do. `says`: what it is; `notes`: what it must look like (age, translation, apostille)."""

    id: str
    title: str
    says: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to show (stuk / pièce): any of `sheets` does.

    sure: whether it certainly concerns the person; `tells`: what would tell, where that is not known.
    held: the documents on file for it.
    """

    sheets: tuple[Sheet, ...]
    need: Need = "required"
    sure: bool = True
    tells: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Payment:
    """One fee. `amount`: in words, empty where no source gives it; then `unknown` says so, with the last known one."""

    title: str
    amount: str
    unknown: str = ""
    account: str = ""
    beneficiary: str = ""
    message: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One filing: at whose desk, where, with which papers and payments."""

    title: str
    authority: str
    where: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    payments: tuple[Payment, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a time limit, counted.

    counts: whether the safe day heeds it (a mere argument it does not). steps: how it was counted, in words.
    """

    says: str
    last_day: date
    counts: bool = True
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline (vervaldag / échéance).

    id: the same for the same deadline of the same dossier, whatever its day. day: the safe day. kind: the person must
    act, an authority must decide, or one must wait until then. notes: what to mind. source: where it stands.
    """

    id: str
    title: str
    day: date
    kind: Literal["act", "decide", "wait", "lasts"] = "act"
    opens: date | None = None
    readings: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()
    source: str = ""
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What happened on a day, in words; `detail` may say more."""

    day: date
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """An appeal against a decision.

    to: the body; send_to: its address, empty where no source gives it. act: the law it rests on. form: of `reasoned`,
    `signed`, `registered-letter`. on_pain: whether a mistake in form or time makes it null. due: by when; None where it
    could not be counted. lodged: the day on which it was lodged already.
    """

    to: str
    act: str
    form: tuple[str, ...]
    due: Due | None
    send_to: str = ""
    on_pain: bool = False
    suspends: bool = False
    lodged: date | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A dossier as its papers see it, on one day.

    key: names the dossier, and no other. pathway: its id; title: what is applied for. filed: the filing day, or the day
    planned. reference: of the authority.
    steps: the first is the one filed now. history: what happened, in order. remedy: against a refusal, if there is one;
    decided: the day of that refusal; dispatched: when its notice was sent. law: which version of the law was read.
    """

    key: str
    pathway: str
    title: str
    on: date
    person: Person
    filed: date | None = None
    reference: str = ""
    steps: tuple[Step, ...] = ()
    dues: tuple[Due, ...] = ()
    history: tuple[Mark, ...] = ()
    remedy: Remedy | None = None
    decided: date | None = None
    dispatched: date | None = None
    law: str = ""
