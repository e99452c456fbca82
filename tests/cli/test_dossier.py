"""`sojourn dossier` through the real process: the examples, a whole history, what is refused, four languages."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pexpect
import pytest

from sojourn.dossier.events import Kind
from tests.dossier.example_files import FILES, make

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SOJOURN = Path(sys.executable).parent / "sojourn"
CARD = "be-vlg-professional-card"
NOON = "1795521600"  # 2026-11-24T12:00:00Z
ENV = {k: v for k, v in os.environ.items() if k not in ("SOJOURN_LANG", "LC_ALL", "SOJOURN_PASSPHRASE")}
ENV |= {"LANG": "C.UTF-8", "COLUMNS": "88", "SOURCE_DATE_EPOCH": NOON}


def run(*words, cwd, code=0, **env):
    done = subprocess.run([SOJOURN, "dossier", *map(str, words)], capture_output=True, text=True, cwd=cwd,
                          env=ENV | env, timeout=60, check=False, stdin=subprocess.DEVNULL)  # fmt: skip
    assert done.returncode == code, done.stderr or done.stdout
    assert "Traceback" not in done.stderr
    assert "fault of ours" not in done.stderr
    return done


@pytest.fixture
def here(tmp_path):
    run("open", "me.sojourn", CARD, "--on", "2026-11-24", cwd=tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_the_examples_come_out_the_same_byte_for_byte(name, tmp_path):
    assert make(name, tmp_path).read_bytes() == (EXAMPLES / f"{name}.sojourn").read_bytes()


@pytest.mark.parametrize("lang", ["en", "nl", "fr", "de"])
def test_the_example_as_a_person_reads_it(lang):
    told = run("show", "examples/refused.sojourn", "--lang", lang, cwd=ROOT).stdout
    day = {"en": "18 December 2025", "nl": "18 december 2025", "fr": "18 décembre 2025", "de": "18. Dezember 2025"}
    filed = {"en": "Filed", "nl": "Ingediend", "fr": "Introduite", "de": "Eingereicht"}
    assert f"2. {day[lang]} · {filed[lang]}" in told
    assert run("check", "examples/refused.sojourn", cwd=ROOT).stdout.startswith("9 events, every line")


def test_a_history(here):
    run("record", "me.sojourn", "filed", "--on", "2026-11-20", "--data", "channel=online", "--document", "diploma",
        "--document", "passport-copy", "--data", "documents=business-plan", cwd=here)  # fmt: skip
    run("record", "me.sojourn", "document-added", "--on", "2026-11-20", "--document", "diploma", cwd=here)
    run("record", "me.sojourn", "fact-stated", "--on", "2026-11-20", "--data", "fact=person.nationalities",
        "--data", "value=[NO]", cwd=here)  # fmt: skip
    run("correct", "me.sojourn", "2", "--on", "2026-11-19", "--data", "channel=", cwd=here)
    run("correct", "me.sojourn", "3", "--strike", "--data", "reason=entered twice", cwd=here)
    told = json.loads(run("show", "me.sojourn", "--format", "json", cwd=here).stdout)
    assert told["standing"] == [5, 4, 1]
    assert told["events"][4]["data"] == {"documents": ["business-plan", "diploma", "passport-copy"]}
    assert told["events"][4]["on"] == "2026-11-19"
    assert told["events"][3]["data"]["value"] == ["NO"]
    assert told["events"][0]["recorded"] == "2026-11-24T12:00:00+00:00"
    text = run("show", "me.sojourn", cwd=here).stdout
    assert "in place of 2" in text
    assert "corrected by 5" in text
    assert "Norway" in text


def test_the_facts_of_a_profile_are_stated(tmp_path):
    run("open", "me.sojourn", CARD, "--profile", EXAMPLES / "ghent-designer.yaml", cwd=tmp_path)
    told = json.loads(run("show", "me.sojourn", "--format", "json", cwd=tmp_path).stdout)
    facts = {e["data"]["fact"]: e["data"]["value"] for e in told["events"][1:]}
    assert facts["person.nationalities"] == ["MA"]
    assert facts["means.monthly_net"] == "2600.00 EUR"
    assert {e["on"] for e in told["events"][1:]} == {"2026-11-22"}


REFUSED = [
    (["record", "me.sojourn", "fild", "--on", "2026-11-20"], 'Did you mean "filed"?'),
    (["record", "me.sojourn", "filed"], "--on"),
    (["record", "me.sojourn", "filed", "--on", "2026-02-30"], "no day of the calendar"),
    (["record", "me.sojourn", "filed", "--on", "1066-01-01"], "Check the year"),
    (["record", "me.sojourn", "filed", "--on", "2026-11-20", "--data", "chanel=x"], 'Did you mean "channel"?'),
    (["record", "me.sojourn", "filed", "--on", "2026-11-20", "--data", "channel"], "has no ="),
    (["record", "me.sojourn", "filed", "--on", "2026-11-20", "--data", "way=fax", "--data", "way=fax"], "given twice"),
    (["record", "me.sojourn", "paid", "--on", "2026-11-20", "--document", "diploma"], "about no document"),
    (["record", "me.sojourn", "notified", "--on", "2026-11-20", "--data", "notice_of=seven"], "earlier event"),
    (["record", "me.sojourn", "fact-stated", "--on", "2026-11-20", "--data", "fact=person.agee", "--data", "value=3"],
     'Did you mean "person.age"?'),
    (["record", "me.sojourn", "fact-stated", "--on", "2026-11-20", "--data", "fact=residence.country", "--data",
      "value=XX"], "no country code"),
    (["record", "me.sojourn", "fact-stated", "--on", "2026-11-20", "--data", "fact=person.age", "--data", "value=[1"],
     "not readable as YAML"),
    (["correct", "me.sojourn", "9", "--on", "2026-11-20"], "no event 9"),
    (["correct", "me.sojourn", "1"], "says already"),
    (["correct", "me.sojourn", "1", "--strike"], "a dossier stays open"),
    (["correct", "me.sojourn", "1", "--kind", "filed"], "a dossier stays open"),
    (["correct", "me.sojourn", "1", "--data", "pathway=be-own-means"], "keeps its pathway"),
    (["record", "me.sojourn", "opened", "--on", "2026-11-20"], "opened once"),
    (["record", "me.sojourn", "corrected", "--on", "2026-11-20"], "sojourn dossier correct"),
    (["open", "me.sojourn", CARD], "something of this name"),
    (["open", "you.sojourn", "be-own-mean"], 'Did you mean "be-own-means"?'),
    (["open", "you.txt", CARD], "Call it you.sojourn"),
    (["open", "you.sojourn", CARD, "--encrypt"], "SOJOURN_PASSPHRASE"),
    (["show", "."], "a folder"),
    (["check", "nowhere.sojourn"], "no such file"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "says"), REFUSED, ids=[says for _, says in REFUSED])
def test_what_is_refused_changes_nothing(here, words, says):
    before = (here / "me.sojourn").read_bytes()
    done = run(*words, cwd=here, code=2)
    assert says in done.stderr
    assert done.stdout == ""
    assert (here / "me.sojourn").read_bytes() == before
    assert [p.name for p in here.iterdir()] == ["me.sojourn"]


def test_a_corrected_event_is_corrected_through_its_correction(here):
    run("correct", "me.sojourn", "1", "--on", "2026-11-20", cwd=here)
    assert "Correct event 2" in run("correct", "me.sojourn", "1", "--on", "2026-11-19", cwd=here, code=2).stderr


def test_a_day_that_has_not_come_yet_is_recorded_with_a_word(here):
    assert "has not come yet" in run("record", "me.sojourn", "filed", "--on", "2027-11-20", cwd=here).stderr


def test_damage_is_told_the_rest_is_shown_and_can_be_recovered(here):
    path = here / "me.sojourn"
    for text in ("one", "two", "three"):
        run("record", "me.sojourn", "note", "--on", "2026-11-20", "--data", f"text={text}", cwd=here)
    path.write_bytes(path.read_bytes().replace(b'"text": "two"', b'"text": \x1b[31m'))
    done = run("show", "me.sojourn", cwd=here, code=2)
    assert "text: one" in done.stdout
    assert "text: three" in done.stdout
    assert "\\x1b" in done.stdout
    assert "\x1b" not in done.stdout
    assert "me.sojourn:4:" in done.stderr
    assert "me.sojourn:4:" in run("check", "me.sojourn", cwd=here, code=2).stderr
    before = path.read_bytes()
    assert "recover" in run("record", "me.sojourn", "filed", "--on", "2026-11-20", cwd=here, code=2).stderr
    run("recover", "me.sojourn", "new.sojourn", cwd=here)
    assert path.read_bytes() == before
    told = json.loads(run("show", "new.sojourn", "--format", "json", cwd=here).stdout)
    assert [e["number"] for e in told["events"]] == [1, 2, 4, 5]
    assert "line 4" in told["events"][-1]["data"]["text"]
    assert told["faults"] == []


def test_a_torn_line_is_set_aside_and_said(here):
    path = here / "me.sojourn"
    path.write_bytes(path.read_bytes() + b'{"n": 2')
    assert "never finished" in run("show", "me.sojourn", cwd=here, code=2).stderr
    done = run("record", "me.sojourn", "closed", "--on", "2026-11-20", cwd=here)
    assert "me.sojourn.torn" in done.stderr
    assert (here / "me.sojourn.torn").read_bytes() == b'{"n": 2\n'
    run("check", "me.sojourn", cwd=here)


def test_a_newer_dossier_is_shown_and_not_written(here):
    path = here / "me.sojourn"
    path.write_bytes(path.read_bytes().replace(b'"version": 1', b'"version": 2'))
    done = run("show", "me.sojourn", cwd=here, code=2)
    assert "Opened" in done.stdout
    assert "newer" in done.stderr
    run("record", "me.sojourn", "closed", "--on", "2026-11-20", cwd=here, code=2)
    run("recover", "me.sojourn", "new.sojourn", cwd=here, code=2)


def test_under_a_passphrase_from_the_terminal_or_the_environment(tmp_path):
    typed = pexpect.spawn(str(SOJOURN), ["dossier", "open", "me.sojourn", CARD, "--encrypt"], cwd=tmp_path, env=ENV)
    for _ in range(2):
        typed.expect("assphrase|onfirm")
        typed.waitnoecho()
        typed.sendline("correct horse")
    typed.expect(pexpect.EOF, timeout=60)
    typed.close()
    assert typed.exitstatus == 0
    assert b"opened" not in (tmp_path / "me.sojourn").read_bytes()
    assert "SOJOURN_PASSPHRASE" in run("show", "me.sojourn", cwd=tmp_path, code=2).stderr
    assert "does not open" in run("show", "me.sojourn", cwd=tmp_path, code=2, SOJOURN_PASSPHRASE="other").stderr
    assert "Opened" in run("show", "me.sojourn", cwd=tmp_path, SOJOURN_PASSPHRASE="correct horse").stdout


def test_every_command_has_an_example():
    for command in ("", "open", "record", "correct", "check", "show", "recover"):
        assert "Example:" in run(*([command] if command else []), "--help", cwd=ROOT).stdout


def test_the_help_of_record_names_every_kind():
    told = run("record", "--help", cwd=ROOT).stdout
    assert all(f" {k}," in told or f" {k}." in told for k in Kind if k not in ("opened", "corrected"))


def test_what_is_struck_out_has_no_day(here):
    run("record", "me.sojourn", "filed", "--on", "2026-11-20", cwd=here)
    assert "struck out" in run("correct", "me.sojourn", "2", "--strike", "--on", "2026-11-19", cwd=here, code=2).stderr


def test_what_show_prints_keeps_to_its_schema():
    shape = json.loads((ROOT / "docs" / "schema" / "dossier.schema.json").read_text())
    for name in FILES:
        told = json.loads(run("show", f"examples/{name}.sojourn", "--format", "json", cwd=ROOT).stdout)
        jsonschema.validate(told, shape)
