"""The words for findings and lines of law that every shell uses: results, verdicts, grades, cautions, citations."""

from dataclasses import dataclass
from datetime import date

from sojourn.decide.finding import Finding, Reason
from sojourn.law.model import Cite
from sojourn.values.verdict import Because, Result
from sojourn.words.language import Words

HEADINGS = {
    Result.OPEN: "You may apply",
    Result.NOT_NEEDED: "You need no such permit",
    Result.CONTESTED: "It depends on a disputed point",
    Result.UNDETERMINED: "We need to know more",
    Result.CLOSED: "Not possible as things stand",
}
SIGNS = {Result.OPEN: "●", Result.NOT_NEEDED: "○", Result.CONTESTED: "◐", Result.UNDETERMINED: "?", Result.CLOSED: "×"}
VERDICTS = {
    "met": "met",
    "not_met": "not met",
    "below_reference": "below the reference of the day",
    "not_asked": "not asked yet",
    "not_known": "you do not know",
    "declined": "you would rather not say",
    "band": "not known closely enough",
    "appraised": "the authority weighs it",
    "contested": "disputed",
    "secondary": "probably not met, by a secondary source alone",
    "not_modelled": "we do not decide this",
    "no_rule_known": "no rule known for that day",
}
GRADES = {
    "official": "official",
    "secondary": "secondary source",
    "derived": "computed from published amounts",
    "unconfirmed": "unconfirmed",
}
CAUTIONS = {
    "discretionary": "The authority is free to decide",
    "below_reference": "Not reached: your own case is looked at",
    "practice": "Asked for in practice, without legal basis",
    "timing": "Mind the time",
    "bar_if_refused": "A refusal bars you for a while",
    "offence_before_grant": "Do not start before the grant",
    "secondary": "Rests on a secondary source",
    "unconfirmed": "Unconfirmed: ask in writing",
    "suspended_law": "Suspended law",
    "change_ahead": "A change lies ahead",
    "stale": "The law may have changed since we read it",
}
EFFECTS = {
    "appraised": "The authority weighs this; a declaration never meets it.",
    "reference": "A reference: falling below it is no refusal by itself.",
    "practice": "Practice, without legal basis.",
    "caution": "A caution: it never decides.",
}
STANDINGS = {"above": "you are at or above it", "below": "you are below it", "unknown": "not known where you stand"}
PARTS = {
    "gate": "Is this pathway about your plan?",
    "exemption": "Do you need it at all?",
    "condition": "Conditions",
    "channel": "Where to file",
}


def verdict(w: Words, r: Reason) -> str:
    """Return what a line comes to in words. A secondary source alone carries an exemption to yes, other lines to no."""
    if r.because is Because.SECONDARY and r.entry.part == "exemption":
        return w.say("probably so, by a secondary source alone")
    return w.say(VERDICTS[r.word])


def heading(w: Words, f: Finding) -> str:
    """Return the result in plain words."""
    if f.gate_fails:
        return w.say("This is not your door")
    return w.say("No rule known for that day") if f.no_rule else w.say(HEADINGS[f.result])


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation: where it points, how sure it is (`grade`, its word `graded`), and where and when we read it."""

    source: str
    title: str
    at: str
    grade: str
    graded: str
    url: str
    read: date

    @property
    def line(self) -> str:
        """The citation on one line."""
        return f"{self.title}, {self.at} ({self.graded})"


def quote(w: Words, cite: Cite) -> Quoted:
    """Return a citation in words."""
    s = w.law.sources[cite.source]
    return Quoted(cite.source, s.title, cite.at, cite.grade, w.say(GRADES[cite.grade]), s.url, s.read)


def source_line(w: Words, cite: Cite) -> str:
    """Return a citation on one line."""
    return quote(w, cite).line
