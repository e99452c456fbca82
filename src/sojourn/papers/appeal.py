"""The skeleton of a motivated appeal (gemotiveerd beroep / recours motivé), behind a guide that is not sent along.

What only the person can know is a blank: the grounds above all. An appeal without reasons of its own is null, so the
skeleton offers no ready-made ones.
"""

from collections.abc import Iterator
from datetime import date

from sojourn.papers.checklist import foot
from sojourn.papers.cover_letter import place_and_day, sender, signature
from sojourn.papers.matter import Due, Matter, Reading, Remedy
from sojourn.papers.page import Block, Callout, Document, Heading, Lines, Part, Points, Room, Text, blank
from sojourn.papers.voice import Voice

GROUNDS = 3
_FORM = {
    "reasoned": "Give reasons: say of each reason of the refusal why it is wrong, and with which paper you show it.",
    "signed": "Sign it by hand.",
    "registered-letter": "Send it by registered post, and keep the receipt of the post.",
}


def appeal(reader: Voice, letter: Voice, guided: Matter, sent: Matter) -> Document:
    """Return the guide in the reader's language and the appeal in that of the procedure.

    guided, sent: the matter in the words of each language; both have a remedy.
    """
    assert guided.remedy is not None
    assert sent.remedy is not None
    subject = letter.say("Appeal against a refusal: {title}", title=sent.title)
    guide = tuple(_guide(reader, guided, guided.remedy))
    blocks = tuple(_letter(letter, sent, sent.remedy, subject))
    own = Part(reader.language, guide, foot(reader, guided))
    return Document(subject, sent.on, (own, Part(letter.language, blocks)))


def _guide(v: Voice, matter: Matter, remedy: Remedy) -> Iterator[Block]:
    yield Heading(v.say("Before you send this appeal"))
    yield Text(v.say("This sheet is for you: do not send it along. The letter begins on a new page."), strong=True)
    if remedy.due:
        yield from _when(v, matter, remedy, remedy.due)
    else:
        yield Callout(
            v.say("The last day could not be counted"),
            v.say("Record the day on which the notice was dispatched (printed on it); until then act at once."),
        )
    yield Heading(v.say("What it must be"), 2)
    yield Points(tuple(v.say(_FORM[x]) for x in remedy.form if x in _FORM))
    if remedy.on_pain:
        yield Text(
            v.say("On pain of nullity: an appeal without reasons, or out of time, is not examined."), strong=True
        )
    if not remedy.suspends:
        yield Text(
            v.say("The appeal does not suspend the refusal: until it is decided you may not do what was refused.")
        )
    yield Heading(v.say("How to finish it"), 2)
    yield Points(tuple(_todo(v, remedy)))
    if matter.remedy and matter.remedy.says:
        yield Text(matter.remedy.says, small=True)


def _when(v: Voice, matter: Matter, remedy: Remedy, due: Due) -> Iterator[Block]:
    gone = due.day < matter.on and not remedy.lodged
    head = v.say("The safe day has passed: {day}", day=v.weekday(due.day)) if gone else v.say(
        "Send it on {day} at the latest", day=v.weekday(due.day)
    )  # fmt: skip
    if remedy.lodged:
        head = v.say("An appeal was lodged already, on {day}", day=v.day(remedy.lodged))
    yield Callout(head, due.title)
    if due.readings:
        yield Text(v.say("What the last day is, by each reading:"))
        for r in due.readings:
            yield Text(f"{_reading(v, r)}{_shown(v, counts=r.counts)}", strong=True)
            if r.counts and r.steps:
                yield Points(r.steps)
        yield Text(v.say("The earliest is the safe day; it is never moved to a later day."))
    if due.notes:
        yield Points(due.notes)
    if due.source:
        yield Text(due.source, small=True)


def _reading(v: Voice, r: Reading) -> str:
    return f"{r.says}: {v.weekday(r.last_day)}"


def _shown(v: Voice, *, counts: bool) -> str:
    return "" if counts else f" ({v.say('shown only: do not rely on it')})"


def _todo(v: Voice, remedy: Remedy) -> Iterator[str]:
    yield v.say("Fill in everything that stands in brackets, or strike it out.")
    if not remedy.send_to:
        yield v.say("Take the address from the notice of the refusal: no source we read gives it.")
    yield v.say("Enclose a copy of the refusal, and every paper that you rely on; keep a copy of all of it.")
    yield v.say("Have it read by a lawyer or a legal help desk if you can: this is a skeleton, no legal advice.")


def _letter(v: Voice, matter: Matter, remedy: Remedy, subject: str) -> Iterator[Block]:
    yield from sender(v, matter.person)
    if "registered-letter" in remedy.form:
        yield Text(v.say("By registered post"), strong=True)
    address = remedy.send_to or blank(v.say("address, as it stands in the notice of the refusal"))
    yield Lines((remedy.to, address), right=True)
    yield Text(place_and_day(v))
    yield Heading(subject)
    reference = matter.reference or blank(v.say("reference on the notice of the refusal"))
    yield Text(v.say("Reference: {reference}", reference=reference))
    yield Text(v.say("Dear Sir or Madam,"))
    decided = v.day(matter.decided) if matter.decided else blank(v.say("day of the decision"))
    yield Text(
        v.say(
            "I appeal against the decision of {day} by which my application was refused ({title}). "
            "This appeal rests on: {act}.",
            day=decided, title=matter.title, act=remedy.act,
        )
    )  # fmt: skip
    yield Heading(v.say("1. The appeal is in time"), 2)
    yield from _in_time(v, matter, remedy.due)
    yield Heading(v.say("2. What happened"), 2)
    yield Points(tuple(f"{v.day(m.day)}: {m.title}" for m in matter.history if _before(matter, m.day)))
    yield Room(v.say("add what else the body must know"), 2)
    yield Heading(v.say("3. The reasons of the refusal, and why they are wrong"), 2)
    for n in range(1, GROUNDS + 1):
        yield Text(v.say("Ground {number}", number=n), strong=True)
        yield Room(v.say("the reason, word for word from the refusal"), 2)
        yield Room(v.say("why it is wrong: the facts, and the rule"), 4)
        yield Room(v.say("the papers that show it, with their number in the list below"), 1)
    yield Heading(v.say("4. What I ask"), 2)
    yield Text(
        v.say("I ask that the refusal be reversed and that my application be granted: {title}.", title=matter.title)
    )
    yield Heading(v.say("5. Enclosed"), 2)
    yield Points((v.say("A copy of the refusal"), blank(v.say("the papers that you rely on"))), numbered=True)
    yield from signature(v, matter.person)


def _before(matter: Matter, day: date) -> bool:
    return matter.decided is None or day <= matter.decided


def _in_time(v: Voice, matter: Matter, due: Due | None) -> Iterator[Block]:
    sent = v.weekday(matter.dispatched) if matter.dispatched else blank(v.say("day of dispatch, printed on the notice"))
    yield Text(v.say("The notice of the refusal was dispatched on {day}.", day=sent))
    counted = [r for r in due.readings if r.counts] if due else []
    if counted:
        yield Text(v.say("By each reading of the rule, the last day for this appeal is:"))
        yield Points(tuple(_reading(v, r) for r in counted))
        posted = blank(v.say("day of posting"))
        yield Text(v.say("I send this appeal on {day}, which is in time by each of them.", day=posted))
