"""The dossiers in examples/, as the commands that make them; `python -m tests.dossier.example_files` writes them anew.

Each event is recorded at noon (UTC) of the day it happened, so that the files come out the same, byte for byte.
No facts of a person are in them: issue 3 tells the dates alone.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOJOURN = Path(sys.executable).with_name("sojourn")
_FIRST = [
    ("2025-12-18", "open", "be-vlg-professional-card", "--lang", "en"),
    ("2025-12-18", "record", "filed", "--data", "channel=online", "--data", "way=online"),
    ("2025-12-29", "record", "found-incomplete"),
    ("2026-01-02", "record", "completed"),
    ("2026-01-05", "record", "admissible"),
]
FILES = {
    "antwerp-architect": _FIRST,
    "refused": [
        *_FIRST,
        ("2026-04-28", "record", "extended", "--data", "until=2026-07-06"),
        ("2026-07-03", "record", "refused", "--data", "dispatched=2026-07-03"),
        # The issue gives no day for the appeal: it stands on the safe last day, the one it names.
        ("2026-08-05", "record", "appealed", "--data", "body=minister", "--data", "against=7"),
        ("2026-10-01", "record", "appeal-decided", "--data", "body=minister", "--data", "outcome=dismissed",
         "--data", "received=2026-10-01"),
    ],
}  # fmt: skip


def make(name: str, folder: Path) -> Path:
    """Make one of the files in a folder, by the commands a person would type."""
    path = folder / f"{name}.sojourn"
    for day, command, *words in FILES[name]:
        noon = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
        env = os.environ | {"SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}
        subprocess.run([SOJOURN, "dossier", command, path, *words, "--on", day], check=True, env=env, cwd=ROOT,
                       capture_output=True, text=True)  # fmt: skip
    path.chmod(0o644)
    return path


if __name__ == "__main__":
    for name in FILES:
        (ROOT / "examples" / f"{name}.sojourn").unlink(missing_ok=True)
        make(name, ROOT / "examples")
