"""The checklist: what to bring, what it must look like, what to pay, which days count; in the reader's language."""

from collections.abc import Iterator

from sojourn.papers.matter import Due, Matter, Payment, Piece, Step
from sojourn.papers.page import Block, Callout, Document, Heading, Lines, Part, Points, Table, Text, Tick, blank
from sojourn.papers.voice import Voice

_NEED = {"advised": "advised", "if-asked": "only if asked for"}


def checklist(v: Voice, matter: Matter) -> Document:
    """Return the checklist of a matter."""
    title = v.say("Checklist: {title}", title=matter.title)
    blocks: list[Block] = [Heading(title), Lines(tuple(_head(v, matter)))]
    blocks += _dues(v, matter)
    for step in matter.steps:
        blocks += _step(v, step)
    return Document(title, matter.on, (Part(v.language, tuple(blocks), foot(v, matter)),))


def foot(v: Voice, matter: Matter) -> str:
    """Return what stands at the foot of a paper meant for the person."""
    note = v.say("Information, no decision: only the authority decides.")
    return f"{matter.law} {note}".strip()


def _head(v: Voice, matter: Matter) -> Iterator[str]:
    yield v.say("For: {name}", name=matter.person.name or blank(v.say("your name, as in your passport")))
    yield v.say("State of {day}", day=v.day(matter.on))
    if matter.filed:
        yield v.say("Filing day: {day}", day=v.day(matter.filed))
    if matter.reference:
        yield v.say("Reference: {reference}", reference=matter.reference)


def _dues(v: Voice, matter: Matter) -> Iterator[Block]:
    coming = [d for d in matter.dues if d.day >= matter.on]
    act = [d for d in coming if d.kind == "act"]
    if act:
        yield Callout(v.say("Act by {day} at the latest", day=v.weekday(act[0].day)), act[0].title)
    if coming:
        yield Heading(v.say("Days that count"), 2)
        rows = tuple((v.weekday(d.day), due_text(v, d)) for d in coming)
        yield Table((v.say("Day"), v.say("What")), rows, narrow=True)


def due_text(v: Voice, due: Due) -> str:
    """Return what a deadline is, and its readings where they differ."""
    days = {r.last_day for r in due.readings if r.counts}
    if len(days) < 2:
        return due.title
    readings = "; ".join(f"{r.says}: {v.day(r.last_day)}" for r in due.readings if r.counts)
    return f"{due.title} ({v.say('readings differ, the safe day is shown')}: {readings})"


def _step(v: Voice, step: Step) -> Iterator[Block]:
    yield Heading(step.title, 2)
    yield Text(v.say("At: {authority}", authority=step.authority), strong=True)
    if step.where:
        yield Points(step.where)
    if step.warnings:
        yield Heading(v.say("Mind"), 3)
        yield Points(step.warnings)
    sure = [p for p in step.pieces if p.sure]
    perhaps = [p for p in step.pieces if not p.sure]
    if sure:
        yield Heading(v.say("Papers"), 3)
        yield from (_tick(v, p) for p in sure)
    if perhaps:
        yield Heading(v.say("Papers that may concern you"), 3)
        yield from (_tick(v, p) for p in perhaps)
    if step.payments:
        yield Heading(v.say("To pay"), 3)
        yield from (_payment(v, p) for p in step.payments)


def _tick(v: Voice, piece: Piece) -> Tick:
    title = f" {v.say('or')} ".join(s.title for s in piece.sheets)
    if word := _NEED.get(piece.need):
        title += f" ({v.say(word)})"
    notes = []
    for sheet in piece.sheets:
        lead = f"{sheet.title}: " if len(piece.sheets) > 1 else ""
        notes += [lead + sheet.says] if sheet.says else []
        notes += [f"· {note}" for note in sheet.notes]
    if piece.tells:
        notes.append(v.say("It depends on: {facts}", facts=", ".join(piece.tells)))
    held = [v.say("{document}, issued on {day}", document=h.title, day=v.day(h.issued)) if h.issued else h.title
            for h in piece.held]  # fmt: skip
    done = v.say("On file: {documents}", documents="; ".join(held)) if held else ""
    return Tick(title, tuple(notes), done)


def _payment(v: Voice, fee: Payment) -> Tick:
    amount = fee.amount or v.say("amount unknown")
    notes = [fee.unknown] if fee.unknown else []
    if fee.account:
        holder = fee.beneficiary or v.say("no source names the holder")
        notes.append(v.say("To account {account} ({holder})", account=fee.account, holder=holder))
    if fee.message:
        notes.append(v.say("Message, exactly: {message}", message=fee.message))
    if not fee.sure:
        notes.append(v.say("Whether you must pay it is not certain yet."))
    return Tick(f"{fee.title} {amount}", tuple(notes))
