"""`sojourn dossier status` and `deadlines` through the real process: days of the issue, languages, bad files."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from sojourn.cli.dossier import followed
from sojourn.decide.body import load_law
from sojourn.dossier.ledger import Header, Ledger
from sojourn.law.faults import InputError
from tests.cli.test_dossier import CARD, ROOT, run
from tests.contract.test_published import schema


def status(name: str, day: str, *more: str) -> str:
    words = ("status", f"examples/{name}.sojourn", "--on", day, *more)
    return " ".join(run(*words, cwd=ROOT, COLUMNS="90").stdout.split())


def test_the_architect_on_the_last_day_and_on_the_day_after() -> None:
    last, after = status("antwerp-architect", "2026-05-05"), status("antwerp-architect", "2026-05-06")
    assert "The authority must decide by Tuesday 5 May 2026 (today)" in last
    assert "Tuesday 6 January 2026: day one (the day before does not count)" in last
    assert "counts as granted, because nobody decided in time (since 6 May 2026)" in after
    assert "secondary source" in after
    assert "ask the service to confirm that in writing" in after
    assert "Pay €90.00 for each year of validity." in after
    assert "You collect the card" in after


def test_the_refused_file_shows_both_readings_form_and_addressee() -> None:
    told = status("refused", "2026-07-10")
    for text in (
        "Act by Wednesday 5 August 2026 at the latest (in 26 days)",
        "Saturday is no working day: Thursday 6 August 2026",
        "Saturday is a working day: Wednesday 5 August 2026",
        "Wednesday 8 July 2026: day one (that day itself counts)",
        "To: Flemish Government (minister of employment)",
        "Form: with reasons, signed, by registered post; on pain of nullity",
        "arts 15 and 16 (official)",
    ):
        assert text in told, text
    assert "Council of State" not in told
    assert "Act by Monday 30 November 2026" in status("refused", "2026-10-01")
    assert "the safe day is past; another reading runs until Thursday 6 August" not in told


@pytest.mark.parametrize(
    ("lang", "says"),
    [("nl", "Wat te doen"), ("fr", "Que faire"), ("de", "Was zu tun ist")],
)
def test_in_every_language(lang: str, says: str) -> None:
    told = status("refused", "2026-07-10", "--lang", lang)
    assert says in told
    assert "What" not in told


def test_what_is_due_in_a_folder_nearest_first(tmp_path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "all")
    (tmp_path / "all" / "broken.sojourn").write_text("no dossier\n")
    done = run("deadlines", "all", "--on", "2026-05-01", "--within", "90", cwd=tmp_path, code=2)
    assert done.stdout.index("5 May 2026") < done.stdout.index("6 July 2026")
    assert "broken.sojourn:1:" in done.stderr
    told = json.loads(
        run("deadlines", "all", "--on", "2026-05-01", "--within", "7", "--format", "json", cwd=tmp_path, code=2).stdout
    )
    jsonschema.validate(told, schema("deadlines"))
    assert [(d["day"], d["kind"]) for d in told["deadlines"]] == [("2026-05-05", "decide")]
    assert len(told["faults"]) == 1


def test_nothing_due_says_so() -> None:
    assert "Nothing." in run("deadlines", "examples/refused.sojourn", "--on", "2025-01-01", cwd=ROOT).stdout


def test_the_readable_part_of_a_damaged_dossier_still_has_a_state(tmp_path) -> None:
    text = (ROOT / "examples" / "refused.sojourn").read_text()
    (tmp_path / "me.sojourn").write_text(text[:-40])
    done = run("status", "me.sojourn", "--on", "2026-10-02", cwd=tmp_path, code=2)
    assert "an appeal was lodged" in " ".join(done.stdout.split())
    assert "never finished" in done.stderr


@pytest.mark.parametrize(("pathways", "says"), [({CARD: None}, "has no procedure yet"), ({}, "has no pathway")])
def test_a_pathway_that_cannot_be_followed_is_told(pathways: dict[str, None], says: str) -> None:
    law = load_law()
    bare = replace(law, pathways={id: replace(law.pathways[id], procedure=None) for id in pathways})
    with pytest.raises(InputError, match=says):
        followed(bare, Ledger(Header(CARD, "en"), ()), Path("me.sojourn"))


def test_a_notice_whose_day_is_not_known_says_what_stands_in_its_place(tmp_path) -> None:
    run("open", "me.sojourn", CARD, "--on", "2025-12-18", cwd=tmp_path)
    run("record", "me.sojourn", "filed", "--on", "2025-12-18", cwd=tmp_path)
    run("record", "me.sojourn", "refused", "--on", "2026-07-07", cwd=tmp_path)
    told = " ".join(run("status", "me.sojourn", "--on", "2026-07-10", cwd=tmp_path).stdout.split())
    assert "does not say when the notice was sent; 7 July 2026 stands in its place. Correct event 3." in told
    run("correct", "me.sojourn", "3", "--data", "dispatched=2026-07-03", cwd=tmp_path)
    told = " ".join(run("status", "me.sojourn", "--on", "2026-07-10", cwd=tmp_path).stdout.split())
    assert "stands in its place" not in told
    assert "Act by Wednesday 5 August 2026" in told


def test_papers_are_held_against_the_rules_of_the_filing_day(tmp_path) -> None:
    run("open", "me.sojourn", CARD, "--profile", ROOT / "examples/ghent-designer.yaml", cwd=tmp_path)
    extract = ("issued=2026-04-01", "country=BE", "language=ar", "translation=other", "name=Amina Benali")
    for document, data in (
        ("criminal-record-extract", extract),
        ("passport", ("valid_until=2026-11-23", "name=Someone")),
    ):
        pairs = [x for pair in data for x in ("--data", pair)]
        run(
            "record", "me.sojourn", "document-added", "--on", "2026-11-20", "--document", document, *pairs, cwd=tmp_path
        )
    run("record", "me.sojourn", "filed", "--on", "2026-11-24", cwd=tmp_path)
    told = " ".join(run("check", "me.sojourn", "--on", "2026-11-24", cwd=tmp_path).stdout.split())
    for text in (
        "every line as it was written",
        "Papers on the filing day, Tuesday 24 November 2026",
        "Criminal record extract: issued on 1 April 2026, too old for that day; 24 May 2026 or later will do",
        "its translation from Arabic must be a sworn one",
        "Passport: it expired on 23 November 2026, before the filing day",
        "the name on it, Amina Benali, is not the name Someone",
        "Not on file: Belgian residence document;",
    ):
        assert text in told, text


def test_what_does_not_fit_is_recorded_and_said(tmp_path) -> None:
    run("open", "me.sojourn", CARD, "--on", "2025-12-18", cwd=tmp_path)
    done = run("record", "me.sojourn", "refused", "--on", "2026-07-07", cwd=tmp_path)
    assert "there is no filing before it" in done.stderr
    assert "refused" in done.stdout
    assert "there is no filing before it" in run("status", "me.sojourn", "--on", "2026-07-10", cwd=tmp_path).stdout
    run("record", "me.sojourn", "filed", "--on", "2026-01-05", cwd=tmp_path)
    assert "do not fit" not in run("check", "me.sojourn", "--on", "2026-07-10", cwd=tmp_path).stdout


@pytest.mark.parametrize("command", ["status", "deadlines", "check"])
@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_day_outside_any_dossier_is_told(command: str, day: str) -> None:
    assert "lies outside any dossier" in run(command, "examples/refused.sojourn", "--on", day, cwd=ROOT, code=2).stderr


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
def test_on_the_first_and_last_day_of_any_dossier(day: str) -> None:
    run("status", "examples/refused.sojourn", "--on", day, cwd=ROOT)
    run("check", "examples/refused.sojourn", "--on", day, cwd=ROOT)
    run("deadlines", "examples/refused.sojourn", "--on", day, "--within", "100000", cwd=ROOT)
