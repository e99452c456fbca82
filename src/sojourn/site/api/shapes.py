"""What the API takes and gives, for its OpenAPI description.

What it gives has the published JSON Schemas of `sojourn.words.schemas`: one description for the command line and here.
"""

from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, JsonValue
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from sojourn.decide.profile import FIRST_YEAR, LAST_YEAR
from sojourn.site.body import the_law
from sojourn.values.calendar import parse_day
from sojourn.words.schemas import schemas

Language = Literal["en", "nl", "fr", "de"]


def _day(given: Any) -> Any:
    """Return the day in `YYYY-MM-DD`: a bare number is no count of seconds since 1970, and no life lies outside."""
    if not isinstance(given, str):
        return "no day"
    day = parse_day(given)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    return day


IsoDay = Annotated[date, BeforeValidator(_day)]
DESIGNER: dict[str, Any] = {
    "person": {"nationalities": ["MA"], "family_ties": [], "qualification": "level-6"},
    "residence": {"country": "BE", "document": "card-a", "document_valid_until": "2028-05-31", "ground": ["work"]},
    "activity": {"kind": "self-employed", "region": "VLG", "special_case": [], "start_up_capital": "25000 EUR"},
    "means": {"monthly_net": "2400..2800 EUR"},
}
"""A person for the examples, of public facts only."""


class Person(Schema):
    """What is known of a person, as in a profile: a fact left out was not asked; "unknown", "declined" are answers."""

    model_config = ConfigDict(extra="forbid")

    on: IsoDay | None = Field(
        None, description="the day to assess; today in Brussels if left out", examples=["2026-11-22"]
    )
    facts: dict[str, JsonValue] = Field(
        default={}, description="nested by subject; /api/v1/schemas/profile describes every fact", examples=[DESIGNER]
    )
    household: list[dict[str, JsonValue]] | dict[str, JsonValue] | None = Field(
        None, description="the others of the family, each with `relation` and facts", examples=[[]]
    )
    lang: Language = Field("en", description="the language of texts")


class Asking(Person):
    """A person, and the pathways to look at."""

    pathways: list[str] | None = Field(
        None, max_length=200, description="all of them if left out", examples=[["be-vlg-professional-card"]]
    )


class Explaining(Person):
    """A person, and the pathway to explain."""

    pathway: str = Field(examples=["be-vlg-professional-card"])


class Planning(Explaining):
    """A person, a pathway and the day on which to file."""

    file_on: IsoDay | None = Field(None, description="the filing day; `on` if left out", examples=["2026-12-01"])


@cache
def _published() -> dict[str, dict[str, Any]]:
    return schemas(the_law())


def published(name: str) -> dict[str, Any] | None:
    """Return a published JSON Schema by its name, None where there is none."""
    return _published().get(name)


def in_place(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with its `$defs` written out where they are used: inside another document they lead nowhere."""
    parts = schema.get("$defs", {})

    def whole(x: Any) -> Any:
        if isinstance(x, dict):
            named = parts.get(str(x.get("$ref", "")).removeprefix("#/$defs/"))
            return whole(named) if named else {key: whole(value) for key, value in x.items() if key != "$defs"}
        return [whole(value) for value in x] if isinstance(x, list) else x

    found: dict[str, Any] = whole(schema)
    return found


class _Published(Schema):
    """An answer whose schema is published; it is written as plain data, so nothing is validated twice."""

    name: ClassVar[str]

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = dict(published(cls.name) or {})
        schema.pop("$schema", None)
        return in_place(schema)


class Findings(_Published):
    """Findings, best first."""

    name = "match"


class NextQuestion(_Published):
    """The next question; nulls when no answer can change any result."""

    name = "next"


class PlanTold(_Published):
    """A plan in words: places, papers, fees, clocks, the way ahead."""

    name = "plan"


class Deadline(_Published):
    """A time limit on a day, in every reading."""

    name = "deadline"


class Data(Schema):
    """Plain data, described in words."""

    model_config = ConfigDict(extra="allow")
