"""The questionnaire through the real process, in each language; `match` reads what it saves."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SOJOURN = Path(sys.executable).with_name("sojourn")


@pytest.mark.parametrize(("language", "country"), [("en", "Morocco"), ("nl", "Marokko"), ("fr", "Maroc"), ("de", "MA")])
def test_a_journey_saves_what_it_heard(tmp_path: Path, language: str, country: str) -> None:
    saved = tmp_path / "me.yaml"
    said = f"9\n1\n?\n{country}\nb\n{country}\nd\nq\n"  # a slip, why, back, not known, stop
    command = [SOJOURN, "ask", "--lang", language, "--on", "2026-11-22", "--save", saved]
    done = subprocess.run(command, input=said, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    text = saved.read_text()
    assert "self-employed" in text
    assert "MA" in text
    again = subprocess.run([SOJOURN, "match", saved, "--format", "json"], capture_output=True, text=True, check=True)
    results = {f["pathway"]: f["result"] for f in json.loads(again.stdout)["findings"]}
    assert results["be-own-means"] == "closed"
    assert results["be-vlg-professional-card"] == "undetermined"


def test_a_folder_is_no_file_to_save_in(tmp_path: Path) -> None:
    folder = tmp_path / "me.yaml"
    folder.mkdir()
    done = subprocess.run(
        [SOJOURN, "ask", "--lang", "en", "--save", folder], input="1\nq\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert list(tmp_path.rglob("*")) == [folder], "half a file was left"
