"""`sojourn dossier export` on the examples and on a dossier with papers of its own."""

import io
import json
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pytest
import vobject
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
REFUSED = ROOT / "examples" / "refused.sojourn"
ARCHITECT = ROOT / "examples" / "antwerp-architect.sojourn"
SOJOURN = Path(sys.executable).parent / "sojourn"
FOLDER = {
    "checklist.pdf", "checklist.txt", "cover-letter.pdf", "cover-letter.txt", "whole-file.pdf", "deadlines.ics",
    "timeline.svg", "dossier.json",
}  # fmt: skip


def sojourn(*args: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([SOJOURN, *map(str, args)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def export(file: Path, to: Path, *args: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    return sojourn("dossier", "export", file, "--to", to, *args, code=code)


def test_refused_in_french_the_appeal_in_dutch(tmp_path: Path) -> None:
    export(REFUSED, tmp_path / "a", "--on", "2026-07-10", "--lang", "fr")
    export(REFUSED, tmp_path / "b", "--on", "2026-07-10", "--lang", "fr")
    files = {p.name for p in (tmp_path / "a").iterdir()}
    assert files == FOLDER | {"appeal.pdf", "appeal.txt"}
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name
        assert stat.S_IMODE((tmp_path / "a" / name).stat().st_mode) == 0o600  # a file about a person
    guide, letter = (tmp_path / "a" / "appeal.txt").read_text().split("=" * 88)
    assert "Envoyez-le au plus tard le mercredi 5 août 2026" in guide
    assert "jeudi 6 août 2026" in guide
    assert "Zaterdag is een werkdag: woensdag 5 augustus 2026" in letter
    assert "Zaterdag is geen werkdag: donderdag 6 augustus 2026" in letter
    assert "Aangetekend" in letter
    assert "het Vlaamse decreet van 15 oktober 2021" in " ".join(letter.split())
    assert "[uw naam, zoals in uw paspoort]" in letter
    languages = {"appeal.pdf": "nl", "cover-letter.pdf": "nl", "checklist.pdf": "fr", "whole-file.pdf": "nl"}
    for name, language in languages.items():
        with pikepdf.open(tmp_path / "a" / name) as made:
            assert str(made.Root.Lang) == language, name
    (appeal, *_) = vobject.readOne((tmp_path / "a" / "deadlines.ics").read_text()).vevent_list
    assert appeal.dtstart.value == date(2026, 8, 5)


def test_architect_has_the_day_of_decision_and_no_appeal(tmp_path: Path) -> None:
    export(ARCHITECT, tmp_path / "d.json", "--on", "2026-05-05")
    told = json.loads((tmp_path / "d.json").read_text())
    assert [(d["id"], d["day"], d["kind"]) for d in told["dues"]] == [("vlg-card-decision.5", "2026-05-05", "decide")]
    done = export(ARCHITECT, tmp_path / "a.pdf", "--what", "appeal", code=2)
    assert "nothing was refused" in done.stderr
    export(ARCHITECT, tmp_path / "out", "--on", "2026-05-05")
    assert {p.name for p in (tmp_path / "out").iterdir()} == FOLDER


def test_after_the_ministers_refusal_the_council_of_state(tmp_path: Path) -> None:
    export(REFUSED, tmp_path / "d.json", "--on", "2026-10-02")
    dues = json.loads((tmp_path / "d.json").read_text())["dues"]
    found = {d["id"]: d["day"] for d in dues}
    assert found["council-of-state-annulment.9"] == "2026-11-30"
    assert "vlg-card-appeal-to-minister.7" not in found


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A dossier whose person has a name and papers."""
    file = tmp_path / "me.sojourn"
    sojourn("dossier", "open", file, "be-vlg-professional-card", "--on", "2026-11-20")

    def record(kind: str, *args: str) -> None:
        sojourn("dossier", "record", file, kind, "--on", "2026-11-20", *args)

    record("fact-stated", "--data", "fact=person.name", "--data", "value=Ana Šević")
    record("fact-stated", "--data", "fact=person.birth_date", "--data", "value=1990-01-02")
    record("fact-stated", "--data", "fact=residence.country", "--data", "value=BE")
    record("document-added", "--document", "curriculum-vitae", "--data", "file=cv.pdf", "--data", "issued=2026-11-01")
    record("document-added", "--document", "passport", "--data", "file=scans/pass.png")
    made = pikepdf.new()
    made.add_blank_page()
    made.save(tmp_path / "cv.pdf")
    (tmp_path / "scans").mkdir()
    Image.new("RGB", (50, 70)).save(tmp_path / "scans" / "pass.png")
    return file


def test_the_whole_file_is_bound_in_the_order_of_the_inventory(own: Path, tmp_path: Path) -> None:
    done = export(own, tmp_path / "all.pdf", "--on", "2026-12-01")
    assert "not on file yet" in done.stderr
    with pikepdf.open(io.BytesIO((tmp_path / "all.pdf").read_bytes())) as made, made.open_outline() as outline:
        titles = [x.title for x in outline.root]
    assert titles[0] == "Aanvraag: Beroepskaart, Vlaanderen"
    assert titles[1] == "1. Paspoort"  # recorded later, but first in the order of the law
    assert titles[2].endswith("Curriculum vitae")
    export(own, tmp_path / "letter.txt", "--what", "cover-letter")
    letter = (tmp_path / "letter.txt").read_text()
    assert letter.startswith("Ana Šević\ngeboren op 2 januari 1990\n")
    export(own, tmp_path / "list.txt", "--what", "checklist", "--lang", "en")
    assert "[x] Passport" in (tmp_path / "list.txt").read_text()
    assert "02/01/1990" in (tmp_path / "list.txt").read_text() or "02011990" in (tmp_path / "list.txt").read_text()


def test_a_correction_keeps_the_uid(own: Path, tmp_path: Path) -> None:
    sojourn("dossier", "record", own, "found-incomplete", "--on", "2026-11-20")
    export(own, tmp_path / "1.ics", "--on", "2026-11-22")
    sojourn("dossier", "correct", own, "7", "--on", "2026-11-19")
    export(own, tmp_path / "2.ics", "--on", "2026-11-22")
    first, second = (vobject.readOne((tmp_path / f"{n}.ics").read_text()).vevent for n in (1, 2))
    assert first.uid.value == second.uid.value
    assert first.dtstart.value != second.dtstart.value


def test_bad_papers_stop_the_binding_all_at_once_and_nothing_is_written(own: Path, tmp_path: Path) -> None:
    (tmp_path / "cv.pdf").write_bytes(b"%PDF-1.7 cut")
    (tmp_path / "scans" / "pass.png").unlink()
    done = export(own, tmp_path / "out", code=2)
    assert "cv.pdf: the PDF is damaged" in done.stderr
    assert "pass.png: it cannot be read" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_dossier_cannot_reach_outside_its_folder(own: Path, tmp_path: Path) -> None:
    sojourn("dossier", "record", own, "document-added", "--on", "2026-11-20", "--document", "diploma",
            "--data", "file=../../../etc/passwd")  # fmt: skip
    done = export(own, tmp_path / "all.pdf", code=2)
    assert "lies outside the folder" in done.stderr
    assert not (tmp_path / "all.pdf").exists()


def test_what_was_edited_is_not_overwritten(tmp_path: Path) -> None:
    to = tmp_path / "appeal.txt"
    export(REFUSED, to, "--what", "appeal")
    to.write_text("my own words")
    done = export(REFUSED, to, "--what", "appeal", code=2)
    assert "--replace" in done.stderr
    assert to.read_text() == "my own words"
    export(REFUSED, to, "--what", "appeal", "--replace")
    assert to.read_text() != "my own words"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--to", "x.doc"), "no export ends in .doc"),
        (("--to", "x.ics", "--what", "appeal"), "is a paper"),
        (("--to", "/nowhere/at/all/x.json"), "the disk refused"),
    ],
)
def test_a_wrong_target_is_told(args: tuple[str, ...], said: str) -> None:
    assert said in sojourn("dossier", "export", REFUSED, *args, code=2).stderr
