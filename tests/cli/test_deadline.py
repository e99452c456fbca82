"""The command `deadline` through the real process: what it prints, in four languages, and how it refuses."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest

from sojourn.decide.body import load_law
from tests.cli.inside import inside

ROOT = Path(__file__).parents[2]
SOJOURN = Path(sys.executable).parent / "sojourn"
LIMITS = load_law().time_limits.limits
SCHEMA = jsonschema_rs.validator_for(json.loads((ROOT / "docs" / "schema" / "deadline.schema.json").read_text()))
APPEAL = "vlg-card-appeal-to-minister"


def run(*words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k not in ("SOJOURN_LANG", "LC_ALL")} | {"LANG": "C.UTF-8"}
    done = subprocess.run(
        [SOJOURN, "deadline", *words], capture_output=True, text=True, env=env | {"COLUMNS": "88"}, check=False
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def answer(*words: str) -> dict[str, object]:
    data = json.loads(run(*words, "--format", "json").stdout)
    SCHEMA.validate(data)
    return data  # type: ignore[no-any-return]


def test_the_appeal_to_the_minister() -> None:
    told = run(APPEAL, "2026-07-03", "--lang", "en").stdout
    for part in (
        "Act by Wednesday 5 August 2026 at the latest",
        "Saturday is no working day: Thursday 6 August 2026",
        "Saturday is a working day: Wednesday 5 August 2026",
        "Wednesday 8 July 2026: day one (that day itself counts)",
        "3 working days later (1 Monday 6 July, 2 Tuesday 7 July",
        "Décret sur l'exercice",
        "arts 15 and 16 (official)",
    ):
        assert part in told
    data = answer(APPEAL, "2026-07-03")
    assert data["safe_day"] == "2026-08-05"
    assert {r["reading"]: r["last_day"] for r in data["readings"]} == {  # type: ignore[attr-defined]
        "saturday-rests": "2026-08-06", "saturday-works": "2026-08-05", "moves": "2026-08-06",
    }  # fmt: skip


def test_what_silence_means_and_from_when() -> None:
    data = answer("vlg-card-decision", "2026-01-05")
    assert (data["safe_day"], data["then"]["from"]) == ("2026-05-05", "2026-05-06")  # type: ignore[index]
    assert "From Wednesday 6 May 2026 on:" in run("vlg-card-decision", "2026-01-05", "--lang", "en").stdout


@pytest.mark.parametrize("lang", ["en", "nl", "fr", "de"])
def test_every_limit_in_every_language(lang: str) -> None:
    listed = run("--lang", lang).stdout
    for id in LIMITS:
        assert id in listed
    for id in (APPEAL, "a-card-renewal-window", "bru-card-decision", "schengen-90-in-180", "vlg-card-appeal-decision"):
        assert run(id, "2026-10-06", "--lang", lang).stdout.count("\n") > 5


@pytest.mark.parametrize("id", LIMITS)
def test_the_json_of_every_limit_keeps_to_its_schema(id: str) -> None:
    more = ["--length", "30-days"] if LIMITS[id][-1].as_set else []
    data = json.loads(inside("deadline", id, "2026-10-06", *more, "--format", "json"))
    SCHEMA.validate(data)
    assert data["limit"] == id


def test_a_day_before_the_rule() -> None:
    assert (
        "no rule known for that day"
        in run(APPEAL, "1976-01-01", "--lang", "en").stdout
        + run("bru-card-decision", "2020-01-01", "--lang", "en").stdout
    )
    assert answer("bru-card-decision", "2020-01-01")["rule_known"] is False


def test_the_list_as_data() -> None:
    data = json.loads(run("--format", "json").stdout)
    assert {x["limit"] for x in data["limits"]} == set(LIMITS)


def test_pauses_stays_lengths_and_events() -> None:
    assert answer("bru-card-decision", "2026-01-05", "--pause", "2026-03-02..2026-03-20")["safe_day"] == "2026-05-23"
    assert answer("schengen-90-in-180", "2026-04-01", "--stay", "2026-01-05..2026-01-20")["safe_day"] == "2026-06-13"
    assert answer("d-dbrc", "2017-05-12", "--length", "45-days")["safe_day"] == "2017-06-29"
    assert answer("d-call-annulment", "2026-09-14", "--event", "posted")["safe_day"] == "2026-10-16"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["vlg-card-appeal-to-ministr", "2026-07-03"], f'Did you mean "{APPEAL}"?'),
        (["nonsense", "2026-07-03"], "Known: "),
        ([APPEAL, "2026-02-30"], "is no day of the calendar"),
        ([APPEAL, "3 July"], "write it like 2026-11-22"),
        ([APPEAL], "give the day it starts from (the sending date"),
        ([APPEAL, "9999-12-31"], "outside the calendar we know"),
        ([APPEAL, "1066-10-14"], "no rule known"),
        (["d-jud", "2026-01-31"], "say how long"),
        (["d-jud", "2026-01-31", "--length", "soon"], "write it like 30-days"),
        (["d-jud", "2026-01-31", "--length", "0-days"], "is no length"),
        (["d-jud", "2026-01-31", "--length", "9999-years"], "outside the calendar"),
        ([APPEAL, "2026-07-03", "--length", "3-days"], "has a length of its own"),
        ([APPEAL, "2026-07-03", "--event", "posted"], "does not start from"),
        ([APPEAL, "2026-07-03", "--pause", "2026-07-04..2026-07-05"], "stand still"),
        (["bru-card-decision", "2026-01-05", "--pause", "2026-03-20..2026-03-02"], "put the earlier day first"),
        (["bru-card-decision", "2026-01-05", "--pause", "2026-03-20"], "2026-03-02..2026-03-20"),
        (["schengen-90-in-180", "2026-06-01", "--stay", "2026-01-05..2026-05-30"], "first day with one left"),
    ],
    ids=lambda x: "-".join(x) if isinstance(x, list) else "",
)
def test_bad_input(words: list[str], says: str) -> None:
    if says == "no rule known":
        assert says in run(*words, "--lang", "en").stdout
    else:
        assert says in " ".join(run(*words, code=2).stderr.split())


def test_help_has_examples() -> None:
    assert f"sojourn deadline {APPEAL} 2026-07-03" in run("--help").stdout
