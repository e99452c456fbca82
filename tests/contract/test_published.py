"""What others rely on: the published schemas are current and our output keeps to them; explanations read as agreed."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from sojourn.decide.body import load_law
from sojourn.law.yaml12 import load
from sojourn.words.schemas import written
from tests.golden import texts

ROOT = Path(__file__).resolve().parents[2]
SOJOURN = Path(sys.executable).with_name("sojourn")
LAW = load_law()
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def schema(name: str) -> dict[str, object]:
    return json.loads((ROOT / "docs" / "schema" / f"{name}.schema.json").read_text())  # type: ignore[no-any-return]


def test_schemas_are_current() -> None:
    stale = [n for n, text in written(LAW).items() if (ROOT / "docs" / "schema" / n).read_text() != text]
    assert not stale, "run `.venv/bin/python -m sojourn.words.schemas`"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
@pytest.mark.parametrize("command", ["match", "next"])
def test_output_keeps_to_its_schema(path: Path, command: str) -> None:
    done = subprocess.run([SOJOURN, command, path, "--format", "json"], capture_output=True, text=True, check=True)
    jsonschema.validate(json.loads(done.stdout), schema(command))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_keep_to_the_profile_schema(path: Path) -> None:
    jsonschema.validate(json.loads(json.dumps(load(path), default=str)), schema("profile"))


def test_expected_explanations_are_current() -> None:
    stale = [str(p) for p, text in texts(LAW).items() if not p.exists() or p.read_text() != text]
    assert not stale, "run `make golden` and read the diff as an applicant would"


def test_match_starts_without_what_it_does_not_need() -> None:
    code = (
        "import sys; sys.argv = ['sojourn', 'match', sys.argv[1]]\n"
        "from sojourn.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "late = {'pydantic', 'polars', 'babel', 'holidays', 'django'} & sys.modules.keys()\n"
        "assert not late, late"
    )
    subprocess.run([sys.executable, "-c", code, EXAMPLES[0]], check=True, capture_output=True)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.sojourn")), ids=lambda p: p.stem)
@pytest.mark.parametrize("day", ["2025-12-01", "2025-12-30", "2026-05-06", "2026-07-10", "2026-10-02"])
def test_the_state_of_a_dossier_keeps_to_its_schema(path: Path, day: str) -> None:
    command = [SOJOURN, "dossier", "status", path, "--on", day, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    jsonschema.validate(json.loads(done.stdout), schema("status"))


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.sojourn")), ids=lambda p: p.stem)
def test_a_checked_dossier_keeps_to_its_schema(path: Path) -> None:
    command = [SOJOURN, "dossier", "check", path, "--on", "2026-10-02", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    jsonschema.validate(json.loads(done.stdout), schema("check"))
