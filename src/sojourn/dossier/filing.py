"""Where to file (indiening / introduction), why there, what stands in the way, and what to know before."""

from dataclasses import dataclass
from datetime import date

from sojourn.decide.assess import assess
from sojourn.decide.day import Day
from sojourn.decide.finding import Finding, Reason
from sojourn.decide.variables import Facts
from sojourn.dossier.applies import Answer, Applies, lines_on, procedure_of, stages_on
from sojourn.law.model import Entry, Law
from sojourn.law.procedure import Notice, Place, Stage
from sojourn.values.verdict import BEST_FIRST, Result


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place to file for this person. `channel`: the line of the rule it carries; `result`: what that comes to."""

    place: Place
    applies: Applies
    channel: Entry | None
    result: Result

    @property
    def serves(self) -> bool:
        """Whether one may file there as things stand."""
        return self.applies.answer is Answer.YES and self.result is Result.OPEN


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
        """Return the place to go to, or None where none serves."""
        return next((x for x in self.places.get(stage, ()) if x.serves), None)


def filing(law: Law, pathway: str, facts: Facts, on: date) -> Filing:
    """Return where to file on day `on`, and what stands in the way.

    Raises KeyError for an unknown pathway, NoProcedureError where it has no procedure.
    """
    procedure, day = procedure_of(law, pathway), Day(law, on)
    (finding,) = assess(law, facts, on, [pathway])
    channels = {entry.id: (entry, result) for entry, result in finding.channels}
    stages = stages_on(procedure, facts, day)
    places: dict[str, list[PlaceFound]] = {id: [] for id in stages}
    for place, answer in lines_on(procedure.filing, stages, facts, day):
        entry, result = channels.get(place.channel, (None, Result.OPEN))
        if place.channel and entry is None:
            result = finding.result  # the channel was not in force, or the finding has none
        places[place.stage].append(PlaceFound(place, answer, entry, result))
    for found in places.values():
        found.sort(key=lambda x: (BEST_FIRST.index(x.result), x.applies.answer is not Answer.YES))
    in_the_way = () if finding.result is Result.OPEN else finding.decisive
    return Filing(
        finding,
        tuple(stages.values()),
        {id: tuple(found) for id, found in places.items()},
        in_the_way,
        tuple(lines_on(procedure.warnings, stages, facts, day)),
    )
