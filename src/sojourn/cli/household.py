"""A household in the terminal: what each adult may apply for, and which choice opens most for all of them."""

from collections.abc import Sequence
from datetime import date

from sojourn.cli.render import Page
from sojourn.decide.finding import Finding
from sojourn.decide.household import Applicant
from sojourn.decide.joint import Choice
from sojourn.values.verdict import Result
from sojourn.words.findings import HEADINGS, SIGNS, heading
from sojourn.words.joint import ToldChoice, ToldShare, name, tell_choices
from sojourn.words.language import Words

Row = tuple[Applicant, Sequence[Finding]]
_TOLD = (Result.OPEN, Result.NOT_NEEDED, Result.CONTESTED, Result.UNDETERMINED)


def household_text(
    w: Words,
    people: Sequence[Applicant],
    rows: Sequence[Row],
    choices: Sequence[Choice],
    on: date,
    page: Page,
    *,
    aimed: bool = False,
) -> str:
    """Return the doors of each adult, then what each choice of a main applicant opens for everybody, best first.

    aimed: whether only some pathways were looked at.
    """
    page.add(w.say("Assessed for {day}.", day=w.day(on)))
    for applicant, findings in rows:
        page.add()
        page.add(name(w, people, applicant.member), style="1")
        for f in findings:
            if f.result in _TOLD and not f.no_rule:
                page.add(f"{w.line(f.pathway, 'title')}{w.colon} {heading(w, f)}", 2, f"{SIGNS[f.result]} ")
        shut = sum(f.result is Result.CLOSED for f in findings)
        page.add(f"{w.say(HEADINGS[Result.CLOSED])}{w.colon} {shut}", 2, "× ")
    page.add()
    page.add(w.say("Which choice opens most for the whole family"), style="1")
    told = tell_choices(w, people, choices)
    if not told and aimed:
        page.add(w.say("None of these pathways gives anybody of the family a stay of their own, as far as we know."))
    elif not told:
        page.add(w.say("No stay is open to anybody of the family, as far as we know."))
    for x in told:
        page.add()
        _choice(w, x, page, whole=x.rank == 1)
    page.add()
    page.add(
        w.say(
            "Who joins whom is assessed by the rules on family reunification, as if the main applicant already had "
            "that stay. A way that is open is no promise."
        ),
        style="2",
    )
    return str(page)


def _choice(w: Words, x: ToldChoice, page: Page, *, whole: bool) -> None:
    page.add(f"{x.rank}. {x.who}{w.colon} {'; '.join(s.text for s in x.stays)}", style="1")
    page.add(x.tally, 3)
    if not whole:
        return
    if x.assumed:
        page.add(x.assumed, 3)
    for share in x.shares:
        _share(w, share, page)
    for c in x.cautions:
        page.add(f"{c.title} ({c.whom})" + (f"{w.colon} {c.text}" if c.text else ""), 3, "! ")
    if x.missing:
        page.add(w.say("What we still need to know:"), 3)
        for line in x.missing:
            page.add(line, 5, "· ")
        if x.more_missing:
            page.add(w.say("and {count} more", count=x.more_missing), 5, "· ")


def _share(w: Words, s: ToldShare, page: Page) -> None:
    page.add(
        f"{s.who} — {w.say('main applicant')}{w.colon} {s.word}" if s.main else f"{s.who}{w.colon} {s.word}",
        3,
        f"{s.sign} ",
    )
    if s.if_granted:
        page.add(w.say("once that stay is granted: {result}", result=s.if_granted), 5)
    for way in s.ways:
        page.add(way.text, 5, "→ ")
    if s.more_ways:
        page.add(w.say("and {count} more", count=s.more_ways), 5, "→ ")
    for reason in s.reasons:
        page.add(reason, 5, "· ")
