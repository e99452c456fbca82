"""Findings in words and the next question, kept for a while in the memory of the process.

People look at the same results again and again: the list, one pathway, back, another language; and the question that
an answer leads to is needed for the way there and for its page. Kept are the latest few
only, under the answers themselves and not under a person; erasing one's answers erases them here too.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from sojourn.decide.assess import assess
from sojourn.decide.consequences import consequences
from sojourn.decide.next_question import Asked, about, next_question
from sojourn.law.model import Question
from sojourn.site.answers import Answers
from sojourn.site.body import the_law, words
from sojourn.values.known import Known
from sojourn.words.told import Told, tell
from sojourn.words.tree import Part, tell_tree

MOST_KEPT = 200
Key = tuple[date, frozenset[tuple[str, Known]]]
Made = TypeVar("Made")

_kept: OrderedDict[Key, dict[tuple[str, ...], Any]] = OrderedDict()


def _key(answers: Answers) -> Key:
    return answers.day, frozenset(answers.facts.items())


def _once(answers: Answers, what: tuple[str, ...], make: Callable[[], Made]) -> Made:
    key = _key(answers)
    mine = _kept.setdefault(key, {})
    _kept.move_to_end(key)
    if len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    if what not in mine:
        mine[what] = make()
    made: Made = mine[what]
    return made


def all_told(answers: Answers, language: str) -> tuple[Told, ...]:
    """Return the findings of all pathways in words, best first."""

    def make() -> tuple[Told, ...]:
        w = words(language)
        found = _once(answers, ("findings",), lambda: assess(the_law(), answers.facts, answers.day))
        return tuple(tell(w, f) for f in found)

    return _once(answers, ("told", language), make)


def one_told(answers: Answers, language: str, pathway: str) -> tuple[Told, tuple[Part, ...]]:
    """Return the finding of one pathway in words, with what each missing answer could change, and its tree."""

    def make() -> tuple[Told, tuple[Part, ...]]:
        law, w = the_law(), words(language)
        (finding,) = assess(law, answers.facts, answers.day, [pathway])
        told = tell(w, finding, consequences(law, finding, answers.facts))
        return told, tell_tree(w, finding, answers.facts)

    return _once(answers, ("one", language, pathway), make)


def upcoming(answers: Answers) -> Asked | None:
    """Return the next question, or None when no answer can change any result of the pathways aimed at."""
    return _once(
        answers,
        ("next", answers.aim),
        lambda: next_question(the_law(), answers.facts, answers.day, answers.pathways),
    )


def asked_about(answers: Answers, question: Question) -> Asked:
    """Return what a question asks if it is asked now, be it the next one or one to change."""
    ahead = upcoming(answers)
    if ahead and ahead.question is question:
        return ahead
    return _once(
        answers,
        ("about", question.id, answers.aim),
        lambda: about(the_law(), answers.facts, answers.day, question, answers.pathways),
    )


def forget(answers: Answers) -> None:
    """Forget what was kept for these answers."""
    _kept.pop(_key(answers), None)
