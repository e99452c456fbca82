"""The cover letter (begeleidende brief / lettre d'accompagnement) with the inventory of what is enclosed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sojourn.papers.matter import Held, Matter, Person, Piece
from sojourn.papers.page import Block, Document, Heading, Lines, Part, Room, Table, Text, blank
from sojourn.papers.voice import Voice


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One number of the inventory (inventaris / inventaire); `held` is None where the paper is still to be added."""

    number: int
    title: str
    held: Held | None = None


def inventory(pieces: Sequence[Piece]) -> list[Enclosure]:
    """Return the inventory in the order of the law: what is on file, and what is required and is still to be added."""
    out: list[Enclosure] = []
    for piece in pieces:
        if piece.held:
            out += [Enclosure(len(out) + 1 + n, held.title, held) for n, held in enumerate(piece.held)]
        elif piece.sure and piece.need == "required":
            out.append(Enclosure(len(out) + 1, " / ".join(s.title for s in piece.sheets)))
    return out


def cover_letter(v: Voice, matter: Matter) -> Document:
    """Return the letter for the step that is filed now, in the language of the procedure."""
    step = matter.steps[0]
    subject = v.say("Application: {title}", title=matter.title)
    enclosed = inventory(step.pieces)
    blocks: list[Block] = [
        *sender(v, matter.person),
        Lines((step.authority,), right=True),
        Text(place_and_day(v)),
        Heading(subject),
    ]
    if matter.reference:
        blocks.append(Text(v.say("Reference: {reference}", reference=matter.reference)))
    blocks += [
        Text(v.say("Dear Sir or Madam,")),
        Text(v.say("I hereby apply for: {title}. The papers listed below are enclosed.", title=matter.title)),
        Room(v.say("in one or two sentences: your activity or purpose, and what you ask for"), 2),
        Heading(v.say("Inventory"), 2),
        Table(
            (v.say("No."), v.say("Document"), v.say("Date of issue")),
            tuple((str(e.number), _title(v, e), _issued(v, e)) for e in enclosed),
            narrow=True,
        ),
        Text(v.say("I remain at your disposal for any further paper you may need.")),
        *signature(v, matter.person),
    ]
    return Document(subject, matter.on, (Part(v.language, tuple(blocks)),))


def _title(v: Voice, e: Enclosure) -> str:
    return e.title if e.held else f"{e.title} {blank(v.say('to be added'))}"


def _issued(v: Voice, e: Enclosure) -> str:
    return v.day(e.held.issued) if e.held and e.held.issued else ""


def sender(v: Voice, person: Person) -> Iterator[Block]:
    """Yield who writes, above a letter."""
    lines = [person.name or blank(v.say("your name, as in your passport"))]
    born = v.day(person.birth_date) if person.birth_date else blank(v.say("date of birth"))
    lines.append(v.say("born on {day}", day=born))
    lines.append(v.say("nationality: {country}", country=person.nationality or blank(v.say("nationality"))))
    lines.append(blank(v.say("your address")))
    lines.append(blank(v.say("e-mail address and telephone number")))
    yield Lines(tuple(lines))


def place_and_day(v: Voice) -> str:
    """Return where and when a letter is signed: both to be written by hand."""
    return f"{blank(v.say('place'))}, {blank(v.say('day of signing'))}"


def signature(v: Voice, person: Person) -> Iterator[Block]:
    """Yield the end of a letter."""
    yield Text(v.say("Yours faithfully,"))
    yield Room(v.say("signature by hand"), 1)
    yield Text(person.name or blank(v.say("your name, as in your passport")))
