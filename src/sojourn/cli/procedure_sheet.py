"""What a jurist reviews of a procedure: each line with whom it concerns, its particulars and its source."""

from collections.abc import Iterator

from sojourn.cli.sheet import Sheet, wrap
from sojourn.law.model import Pathway
from sojourn.law.procedure import (
    After,
    Appeal,
    Clock,
    Document,
    Fee,
    Languages,
    Line,
    Place,
    Procedure,
    Race,
    Stage,
    Staged,
)
from sojourn.words.language import Words
from sojourn.words.register import review_words


def procedure_sheet(w: Words, pathway: Pathway) -> str:
    """Return the review sheet of a pathway's procedure; the digest to sign is that of the whole pathway."""
    procedure = pathway.procedure
    assert procedure is not None
    desk = Sheet(w, pathway, "loose", "named")
    lines = [
        f"{w.line(pathway, 'title')} ({pathway.id}): procedure",
        f"digest to sign: {pathway.digest}; {review_words(w, pathway)}; law read until {w.law.read_until}",
    ]
    for name, section in procedure.sections():
        lines += ["", f"{name.upper()} ({len(section)})"] if section else []
        for line in section:
            lines += _line(desk, procedure, line)
    lines += [*desk.sources(), "", f"CASES ({len(procedure.cases)}, all hold)"]
    lines += wrap("; ".join(f"{c.name} ({c.on})" for c in procedure.cases))
    return "\n".join(lines) + "\n"


def _line(desk: Sheet, procedure: Procedure, line: Line) -> Iterator[str]:
    since = f" from {line.period.first}" if line.period.first else f" seen {line.seen}" if line.seen else ""
    until = f" until {line.period.until}" if line.period.until else ""
    stage = f" [{line.stage}]" if isinstance(line, Staged) else ""
    w = desk.w
    yield from wrap(f"{line.id}{stage}{since}{until}: {w.step(procedure, line.key)}")
    if line.test is not None:
        yield from wrap(f"= {desk.test(line.test, line.id)}", 2)
    if said := "; ".join(_particulars(line)):
        yield from wrap(said, 2)
    yield from wrap("; ".join(map(desk.cite, (line.cite, *line.also))), 2)
    for language, text in line.quote:
        yield from wrap(f'{language} "{text}"', 2)
    if isinstance(line, Fee):
        if told := desk.conflicts(line.amount):
            yield from wrap(told, 2)
        for exempt in line.exempt:
            yield from wrap(f"- {exempt.id}: {w.step(procedure, exempt.key)}", 2)
            if exempt.test is not None:
                yield from wrap(f"= {desk.test(exempt.test, exempt.id)}", 4)


def _particulars(line: Line) -> Iterator[str]:
    match line:
        case Stage():
            yield f"at {line.at}"
            if line.after:
                yield f"after {' or '.join(line.after)}"
        case Place():
            yield f"{line.form}, {line.where}, by {' or '.join(line.by)}"
            if line.channel:
                yield f"channel {line.channel}"
        case Document():
            yield from _document(line)
        case Languages():
            yield f"{', '.join(line.accepted)} for {', '.join(line.stages)}; sworn: {line.sworn}"
        case Fee():
            yield f"{line.amount} per {line.per}, {line.due}"
            if line.account:
                yield f"to {line.account.iban} ({line.account.beneficiary or 'holder unknown'}): {line.account.message}"
        case Clock():
            yield from _clock(line)
        case Race():
            yield from _race(line)
        case Appeal():
            yield f"against {' or '.join(line.against)}, limit {line.limit}, {' + '.join(line.form)}"
            yield f"{'suspends' if line.suspends else 'does not suspend'}"
            if line.on_pain_of:
                yield f"on pain of {line.on_pain_of}"
        case After():
            yield line.kind + (f", {line.years} years" if line.years else "")
            if line.limit:
                yield f"limit {line.limit}" + (f" from {line.fact}" if line.fact else "")
            if line.of:
                yield f"renews what {line.of} granted"


def _clock(line: Clock) -> Iterator[str]:
    yield f"{line.who}, from {' or '.join(line.starts)}, limit {line.limit or 'none known'}"
    if line.ends:
        yield f"until {' or '.join(line.ends)}"
    if line.on_silence:
        yield f"silence: {line.on_silence}"
    if line.of:
        yield f"decides on the appeal {line.of}"


def _race(line: Race) -> Iterator[str]:
    yield f"clock {line.clock} first" if line.clock else f"for {line.months} months after filing"
    yield f"ends {line.fact}" if not line.limit else f"ends by {line.limit} from {line.fact}"
    if line.instead:
        told = ", ".join(f"{id} {value}" for id, value in line.as_if)
        yield f"instead {line.instead}, as if {told}"


def _document(line: Document) -> Iterator[str]:
    if line.proves:
        yield f"proves {', '.join(line.proves)}"
    if line.one_of:
        yield f"one of {line.one_of}"
    if line.need != "required":
        yield line.need
    if line.max_age:
        months, days = line.max_age
        yield " and ".join(f"{n} {unit}" for n, unit in ((months, "months"), (days, "days")) if n) + " old at most"
    if line.issued_in:
        yield f"issued in {' or '.join(line.issued_in)}"
    if line.issued:
        yield f"issued on {line.issued}"
    for word in ("official", "legalise"):
        if getattr(line, word):
            yield word
