"""A household in the terminal: what each adult may apply for, and who as applicant opens most."""

from collections.abc import Sequence
from datetime import date

from sojourn.cli.render import Page
from sojourn.decide.finding import Finding
from sojourn.decide.household import Applicant, Household
from sojourn.decide.report import doors
from sojourn.law.household import RELATION
from sojourn.values.known import Exact
from sojourn.values.verdict import Result
from sojourn.words.findings import HEADINGS, SIGNS, heading
from sojourn.words.language import Words

Row = tuple[Applicant, Sequence[Finding]]
_TOLD = (Result.OPEN, Result.NOT_NEEDED, Result.CONTESTED, Result.UNDETERMINED)


def household_text(w: Words, household: Household, rows: Sequence[Row], on: date, page: Page) -> str:
    """Return the doors of each adult, and who of them has most."""
    page.add(w.say("Assessed for {day}.", day=w.day(on)))
    for applicant, findings in rows:
        page.add()
        page.add(name(w, household, applicant), style="1")
        for f in findings:
            if f.result in _TOLD and not f.no_rule:
                page.add(f"{w.line(f.pathway, 'title')}: {heading(w, f)}", 2, f"{SIGNS[f.result]} ")
        shut = sum(f.result is Result.CLOSED for f in findings)
        page.add(w.say("{count} pathways: {result}", count=shut, result=w.say(HEADINGS[Result.CLOSED])), 2, "× ")
    page.add()
    most = max(len(doors(findings)) for _, findings in rows)
    if most and len(rows) > 1:
        best = [name(w, household, a) for a, findings in rows if len(doors(findings)) == most]
        page.add(w.say("Most doors are open with this person as applicant: {who}.", who=", ".join(best)), style="1")
    page.add(w.say("Each is assessed alone; what one would gain by another's permit is not counted."), style="2")
    return str(page)


def name(w: Words, household: Household, applicant: Applicant) -> str:
    """Return who this is: you, or a member by relation and number."""
    if applicant.member is None:
        return w.say("You")
    relation = household.members[applicant.member].get(RELATION)
    known = w.law.facts[RELATION]
    said = w.value(known, relation.value) if isinstance(relation, Exact) else w.known(known, relation)
    return w.say("Member {number}: {relation}", number=applicant.member + 1, relation=said)
