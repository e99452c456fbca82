"""Where to file (indiening / introduction), why there, what stands in the way, and what to know before."""

from dataclasses import dataclass
from datetime import date

from sojourn.decide.assess import assess
from sojourn.decide.day import Day
from sojourn.decide.finding import Finding, Reason
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Answer, Applies, lines_on, procedure_of, stages_on
from sojourn.law.model import Law
from sojourn.law.procedure import Notice, Place, Stage
from sojourn.values.verdict import BEST_FIRST, Result, Verdict

_ORDER = (Answer.YES, Answer.UNKNOWN, Answer.NO)


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place to file for this person.

    channel: what the line of the rule that the place carries comes to; None where it carries none, or the line was not
    in force. result: the answer for the pathway if one files there.
    """

    place: Place
    applies: Applies
    channel: Reason | None
    result: Result

    @property
    def answer(self) -> Answer:
        """Whether one may file there, whatever else stands in the way."""
        if self.channel is None:
            return Answer.NO if self.place.channel else self.applies.answer
        if self.channel.verdict is Verdict.NOT_MET:
            return Answer.NO
        return self.applies.answer if self.channel.verdict is Verdict.MET else Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Filing:
    """Where to file on a day.

    stages: the steps that concern the person, each with its places, best first. obstacles: the lines of the rule that
    keep the pathway from being open, as the finding gives them. warnings: what to know before.
    """

    finding: Finding
    stages: tuple[tuple[Stage, Applies], ...]
    places: dict[str, tuple[PlaceFound, ...]]
    obstacles: tuple[Reason, ...]
    warnings: tuple[tuple[Notice, Applies], ...]

    def best(self, stage: str) -> PlaceFound | None:
        """Return the first place where one may file, or None where none is certain."""
        return next((x for x in self.places.get(stage, ()) if x.answer is Answer.YES), None)


def filing(law: Law, pathway: str, facts: Facts, on: date) -> Filing:
    """Return where to file on day `on`, and what stands in the way.

    Raises KeyError for an unknown pathway, NoProcedureError where it has no procedure.
    """
    procedure, day = procedure_of(law, pathway), Day(law, on)
    (finding,) = assess(law, facts, on, [pathway])
    results = {entry.id: result for entry, result in finding.channels}
    reasons = {r.entry.id: r for r in finding.reasons if r.entry.part == "channel"}
    stages = stages_on(procedure, facts, day)
    places: dict[str, list[PlaceFound]] = {id: [] for id in stages}
    for place, answer in lines_on(procedure.filing, stages, facts, day):
        result = results.get(place.channel, finding.result)
        places[place.stage].append(PlaceFound(place, answer, reasons.get(place.channel), result))
    for found in places.values():
        found.sort(key=lambda x: (_ORDER.index(x.answer), BEST_FIRST.index(x.result)))
    in_the_way = () if finding.result is Result.OPEN else finding.decisive
    return Filing(
        finding,
        tuple(stages.values()),
        {id: tuple(found) for id, found in places.items()},
        in_the_way,
        tuple(lines_on(procedure.warnings, stages, facts, day)),
    )
