"""`sojourn plan` through the real process: the examples, files to take away, bad input."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOJOURN = Path(sys.executable).parent / "sojourn"
DESIGNER, PENSIONER, VISITOR = (
    ROOT / "examples" / f"{name}.yaml" for name in ("ghent-designer", "boston-pensioner", "toronto-visitor")
)
CARD, MEANS = "be-vlg-professional-card", "be-own-means"
SCHEMA = json.loads((ROOT / "docs" / "schema" / "plan.schema.json").read_text())


def sojourn(*words: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [SOJOURN, "plan", *map(str, words)], capture_output=True, text=True, timeout=120, check=False, cwd=ROOT
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def test_the_designer() -> None:
    out = sojourn(DESIGNER, CARD, "--file-on", "2026-12-01").stdout
    for words in ("€140.00", "€90.00", "BE35 3751 1109 9637", "BK-[given names][family name]", "31 March 2027"):
        assert words in out
    assert "\033[" not in out


@pytest.mark.parametrize(
    ("profile", "pathway", "words"),
    [(DESIGNER, CARD, ()), (PENSIONER, MEANS, ()), (VISITOR, CARD, ("--lang", "fr"))],
    ids=["designer", "pensioner", "visitor"],
)
def test_json_keeps_to_its_schema(profile: Path, pathway: str, words: tuple[str, ...]) -> None:
    done = sojourn(profile, pathway, "--file-on", "2026-12-01", "--format", "json", *words)
    made = json.loads(done.stdout)
    jsonschema.validate(made, SCHEMA)
    assert made["filing_day"] == "2026-12-01"
    assert made["today"] in ("2026-11-22", "2026-04-15"), "the day of the profile"


def test_the_filing_day_is_that_of_the_profile_unless_said() -> None:
    made = json.loads(sojourn(VISITOR, CARD, "--format", "json").stdout)
    assert (made["filing_day"], made["today"]) == ("2026-04-15", "2026-04-15")
    made = json.loads(sojourn(VISITOR, CARD, "--on", "2026-04-20", "--format", "json").stdout)
    assert (made["filing_day"], made["today"]) == ("2026-04-20", "2026-04-20")


def test_files_to_take_away(tmp_path: Path) -> None:
    name = ("--family-name", "El Amrani", "--given-names", "Fatima", "--born", "1990-03-12")
    for suffix, start in ((".pdf", b"%PDF"), (".ics", b"BEGIN:VCALENDAR"), (".txt", b"Plan"), (".json", b"{")):
        target = tmp_path / f"plan{suffix}"
        assert sojourn(DESIGNER, CARD, "--file-on", "2026-12-01", *name, "--to", target).stdout.strip() == str(target)
        assert target.read_bytes().startswith(start)
    assert "BK-FatimaEl Amrani-12/03/1990" in (tmp_path / "plan.txt").read_text()
    jsonschema.validate(json.loads((tmp_path / "plan.json").read_text()), SCHEMA)
    refused = sojourn(DESIGNER, CARD, "--to", tmp_path / "plan.txt", code=2)
    assert "--replace" in refused.stderr
    sojourn(DESIGNER, CARD, "--to", tmp_path / "plan.txt", "--replace")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((DESIGNER, "be-vlg-profesional-card"), "be-vlg-professional-card"),
        (("nobody.yaml", CARD), "no such file"),
        ((DESIGNER, CARD, "--file-on", "2026-02-30"), "no day of the calendar"),
        ((DESIGNER, CARD, "--born", "12/03/1990"), "2026-11-22"),
        ((DESIGNER, CARD, "--to", "plan.docx"), ".pdf, .txt, .ics or .json"),
        ((DESIGNER, CARD, "--to", "plan"), ".pdf, .txt, .ics or .json"),
        ((DESIGNER, CARD, "--to", "no/such/folder/plan.txt"), "disk refused"),
    ],
)
def test_what_is_wrong_is_said(words: tuple[object, ...], told: str) -> None:
    assert told in sojourn(*words, code=2).stderr


def test_a_pathway_without_a_procedure_has_nothing_to_plan_nor_to_review(tmp_path: Path) -> None:
    own = tmp_path / "own-means"
    shutil.copytree(ROOT / "law" / "be" / "own-means", own)
    for file in own.glob("procedure*.yaml"):
        file.unlink()
    for file in (own / "texts").glob("*.yaml"):
        file.write_text(re.sub(r"(?ms)^procedure:.*?(?=^\w|\Z)", "", file.read_text()))
    assert "no procedure yet" in sojourn(PENSIONER, MEANS, "--law", tmp_path, code=2).stderr
    sheet = subprocess.run(
        [SOJOURN, "law", "sheet", MEANS, "--procedure", "--law", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (sheet.returncode, "no procedure.yaml" in sheet.stderr) == (2, True)
