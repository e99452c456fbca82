"""The law the site answers from, loaded once per process, its words in each language, and today."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

from sojourn.decide.body import load_law
from sojourn.law.model import Law
from sojourn.words.language import Words

BRUSSELS = ZoneInfo("Europe/Brussels")


@cache
def the_law() -> Law:
    """Return the law that ships, with the folders of SOJOURN_LAW; raises LawError at the start if it has faults."""
    return load_law(*settings.LAW_FOLDERS)


@cache
def words(language: str) -> Words:
    """Return the words of a language, made once."""
    return Words(the_law(), language)


def today() -> date:
    """Return the day it is in Brussels."""
    return datetime.now(BRUSSELS).date()
