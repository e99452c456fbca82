"""What comes after the answer: where to file, which papers, what to pay, what runs, how to appeal, what follows.

One `Procedure` a pathway; one `LegalisationLaw` for the whole body of law. Plain values, like `model`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from sojourn.law.model import Cite, Test
from sojourn.values.period import Period

Section = Literal[
    "stages", "filing", "warnings", "evidence", "languages", "fees", "clocks", "races", "appeals", "after"
]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of procedure: who it concerns (`test`; everyone without one), on which days, and by what source.

    key: the id of its text in `texts/`, `<section>.<id>` (evidence: `evidence.<stage>.<id>`), for a later version
    `<section>.<id>@<first day>`.
    seen: the day from which the source is known to say so, where it gives no start.
    """

    id: str
    key: str
    says: str
    cite: Cite
    period: Period
    test: Test | None = None
    seen: date | None = None
    also: tuple[Cite, ...] = ()
    quote: tuple[tuple[str, str], ...] = ()
    note: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Stage(Line):
    """A step that has an authority of its own: the card, the visa, the commune. `at`: that authority, a helper.

    later: it comes after the grant (a renewal, a change), and is no part of a first plan.
    """

    at: str
    after: tuple[str, ...]
    later: bool


@dataclass(frozen=True, kw_only=True)
class Staged(Line):
    """A line that belongs to one stage."""

    stage: str


@dataclass(frozen=True, kw_only=True)
class Place(Staged):
    """Where one files (plaats van indiening / lieu d'introduction). `channel`: the channel of the rule it carries."""

    channel: str
    form: str
    where: str
    by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Notice(Staged):
    """What a person must know before filing."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class Document(Staged):
    """A paper to bring. Documents with the same `one_of` are alternatives. `max_age`: months and days, on filing day.

    official: it comes from an official body (authority, bank, school). issued_in: which countries may have issued it.
    expires: it has a last day, which must not have passed on the filing day (a passport, a residence document).
    untranslated: nothing in it is to be translated (a passport, a form, a photograph, a payment).
    lead_days: how long the issuer takes, where a source says. issued: the fact that tells when the one at hand was.
    """

    proves: tuple[str, ...]
    one_of: str
    need: str
    form: str
    copies: int | None
    issuer: str
    issued_in: tuple[str, ...]
    official: bool
    max_age: tuple[int, int] | None
    legalise: bool
    expires: bool
    untranslated: bool
    lead_days: int | None
    order: int
    issued: str = ""


@dataclass(frozen=True, kw_only=True)
class Languages(Line):
    """The languages in which papers are accepted, and for which others a translation must be sworn."""

    stages: tuple[str, ...]
    accepted: tuple[str, ...]
    sworn: str


@dataclass(frozen=True)
class Account:
    """Where to pay. `message`: a template over {family_name}, {given_names}, {nationality} and {birth_date:...}."""

    iban: str
    beneficiary: str
    message: str
    cite: Cite
    also: tuple[Cite, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fee(Staged):
    """What is to be paid. `amount`: a series of `amounts/`. `proof`: the document that shows the payment."""

    amount: str
    per: str
    due: str
    paid_by: str
    account: Account | None
    proof: str
    exempt: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Clock(Staged):
    """A time limit that runs. `limit`: its id among the time limits; empty where no length is known.

    starts: kinds of event of its stage, or `<stage>.<kind>`. ends: the kinds that end it; empty where the next step of
    a usual procedure does. of: the appeal that it decides; empty for others.
    """

    limit: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    notice: str
    who: str
    on_silence: str
    of: str


@dataclass(frozen=True, kw_only=True)
class Race(Staged):
    """What must still last when something else is reached: a lawful stay when the decision comes, a passport.

    clock: the clock of the stage whose last day must come first; or `months`: so long after the filing day.
    fact: the day on which what must last ends; with `limit`, the day from which that limit counts to it.
    instead: a place to file where the race is not run; `as_if`: the facts, as a profile writes them, of one who goes
    there.
    """

    clock: str
    months: int | None
    fact: str
    limit: str
    instead: str
    as_if: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class Appeal(Staged):
    """A remedy (beroep / recours) against the decisions in `against`, and the one that follows it (`next`)."""

    against: tuple[str, ...]
    to: str
    send_to: str
    form: tuple[str, ...]
    on_pain_of: str
    limit: str
    suspends: bool
    next: str


@dataclass(frozen=True, kw_only=True)
class After(Staged):
    """What follows the grant.

    fact: the day from which `limit` counts for somebody who has come that far already. of: the stage whose title it
    renews, so that its expiry is known.
    """

    kind: str
    limit: str
    years: int | None
    of: str
    fact: str = ""


@dataclass(frozen=True)
class ProcedureCase:
    """A worked case of a procedure: facts and a filing day in, what must come out (`procedure_schema`)."""

    name: str
    on: date
    facts: dict[str, Any]
    expect: dict[str, Any]
    why: str
    file: str
    line: int


@dataclass(frozen=True)
class Procedure:
    """The `procedure.yaml` of a pathway with its texts: by language, then by key."""

    pathway: str
    file: str
    stages: tuple[Stage, ...]
    filing: tuple[Place, ...]
    warnings: tuple[Notice, ...]
    evidence: tuple[Document, ...]
    languages: tuple[Languages, ...]
    fees: tuple[Fee, ...]
    clocks: tuple[Clock, ...]
    races: tuple[Race, ...]
    appeals: tuple[Appeal, ...]
    after: tuple[After, ...]
    not_modelled: tuple[str, ...]
    cases: tuple[ProcedureCase, ...] = ()
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    missing_texts: dict[str, list[str]] = field(default_factory=dict)

    def sections(self) -> Iterator[tuple[Section, tuple[Line, ...]]]:
        """Yield each section's name and lines."""
        yield "stages", self.stages
        yield "filing", self.filing
        yield "warnings", self.warnings
        yield "evidence", self.evidence
        yield "languages", self.languages
        yield "fees", self.fees
        yield "clocks", self.clocks
        yield "races", self.races
        yield "appeals", self.appeals
        yield "after", self.after

    def lines(self) -> Iterator[Line]:
        """Yield every line, an exemption from a fee after its fee."""
        for _, lines in self.sections():
            for line in lines:
                yield line
                if isinstance(line, Fee):
                    yield from line.exempt

    def limits(self) -> dict[str, int]:
        """Return the ids of all time limits it names, each with a line of the file that does."""
        named: list[Clock | Race | Appeal | After] = [*self.clocks, *self.races, *self.appeals, *self.after]
        return {x.limit: x.line for x in named if x.limit}

    def english_texts(self) -> dict[str, str]:
        """Return every English text by its key in `texts/`."""
        out: dict[str, str] = {}
        for line in self.lines():
            out[line.key] = line.says
            for name in ("where", "issuer", "to", "send_to"):
                if text := getattr(line, name, ""):
                    out[f"{line.key}.{name}"] = text
        return out | {f"not_modelled.{i}": text for i, text in enumerate(self.not_modelled)}


# --- legalisation --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Party:
    """A state for which the Apostille Convention is in force during `period`.

    for_belgium: the first day between it and Belgium, where an objection kept it out at first. doubt: why it is not
    established that it holds with Belgium.
    """

    country: str
    period: Period
    for_belgium: date | None
    doubt: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Exempt:
    """Documents from these countries need neither legalisation nor apostille; `documents` empty: all public ones."""

    id: str
    says: str
    countries: frozenset[str]
    documents: frozenset[str]
    period: Period
    cite: Cite
    also: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class General:
    """A general rule of legalisation."""

    says: str
    cite: Cite
    also: tuple[Cite, ...] = ()


@dataclass(frozen=True)
class LegalisationLaw:
    """`legalisation.yaml`. `complete_on`: the day on which the list of states was complete."""

    file: str
    ordinary: General
    apostille: General
    doubtful: General
    complete_on: date
    states: dict[str, Party]
    exempt: tuple[Exempt, ...]
    not_modelled: tuple[str, ...]

    def english_texts(self) -> dict[str, str]:
        """Return every English text by its id under `legalisation:` in `texts/` of the body of law."""
        general = {"ordinary": self.ordinary, "apostille": self.apostille, "doubtful": self.doubtful}
        out = {id: rule.says for id, rule in general.items()} | {e.id: e.says for e in self.exempt}
        return out | {f"not_modelled.{i}": text for i, text in enumerate(self.not_modelled)}
