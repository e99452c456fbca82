"""The questionnaire in a real terminal: answering, going back, not knowing, saving; colour nowhere else."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

SOJOURN = Path(sys.executable).with_name("sojourn")
COLOUR = re.compile(r"\033\[[0-9;]+m")
PATIENCE = 60.0
HINT, ASKS_KIND, ASKS_NATIONALITY = "s bewaren", "Welk werk zult u in België doen?", "nationaliteit"


class Terminal:
    """A command that runs in a terminal of its own."""

    def __init__(self, *words: str | Path, cwd: Path, env: dict[str, str]) -> None:
        self.screen, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [SOJOURN, *words], stdin=theirs, stdout=theirs, stderr=theirs, cwd=cwd, env=env, start_new_session=True
        )
        os.close(theirs)
        self.shown = ""
        self.read_to = 0

    def expect(self, text: str) -> None:
        """Wait until `text` is shown after all that was expected before."""
        until = time.monotonic() + PATIENCE
        while (at := self.shown.find(text, self.read_to)) < 0:
            assert self.more(until), f"{text!r} never came; shown:\n{self.shown}"
        self.read_to = at + len(text)

    def more(self, until: float) -> bool:
        """Read what is there; False when nothing more can come."""
        ready, _, _ = select.select([self.screen], [], [], max(0.0, until - time.monotonic()))
        raw = b""
        with suppress(OSError):  # how Linux says that the other side is closed
            raw = os.read(self.screen, 65_536) if ready else b""
        self.shown += raw.decode(errors="replace").replace("\r\n", "\n")
        return bool(raw)

    def say(self, line: str) -> None:
        """Wait for the prompt and type a line."""
        self.expect("\n> ")
        os.write(self.screen, f"{line}\n".encode())

    def end(self) -> int:
        """Read the rest and return the exit code."""
        until = time.monotonic() + PATIENCE
        while self.more(until):
            pass
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {
        "TERM": "dumb",
        "LANG": "C.UTF-8",
        "COLUMNS": "88",
    }
    opened = Terminal("ask", "--lang", "nl", "--on", "2026-11-22", cwd=tmp_path, env=env)
    yield opened
    opened.process.kill()
    opened.process.wait()
    os.close(opened.screen)


def match(profile: Path) -> dict[str, str]:
    done = subprocess.run([SOJOURN, "match", profile, "--format", "json"], capture_output=True, text=True, check=True)
    return {f["pathway"]: f["result"] for f in json.loads(done.stdout)["findings"]}


def test_a_conversation(terminal: Terminal, tmp_path: Path) -> None:
    terminal.expect(HINT)
    terminal.expect(ASKS_KIND)
    terminal.say("5")
    terminal.expect(ASKS_NATIONALITY)
    terminal.say("b")
    terminal.expect(ASKS_KIND)
    terminal.say("1")
    terminal.expect(ASKS_NATIONALITY)
    terminal.say("Marokko")
    terminal.say("d")  # I do not know
    terminal.say("s")
    terminal.expect("In welk bestand")
    terminal.say("nowhere/me.yaml")
    terminal.expect("nowhere/me.yaml")
    terminal.expect("cannot be written")
    terminal.say("s")
    terminal.say("me.yaml")
    terminal.expect("Bewaard in me.yaml.")

    saved = tmp_path / "me.yaml"
    early = saved.read_text()
    assert "kind: self-employed" in early
    assert "- MA" in early
    assert "unknown" in early
    assert match(saved)["be-own-means"] == "closed"

    terminal.say("n")  # I would rather not say
    terminal.say("q")
    terminal.expect("Beoordeeld op 22 november 2026.")
    terminal.expect("Bewaard in me.yaml.")
    assert terminal.end() == 0
    assert "declined" in saved.read_text()
    assert COLOUR.search(terminal.shown)
    assert [p.name for p in tmp_path.iterdir()] == ["me.yaml"]


def test_a_file_that_is_there_is_kept(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "me.yaml").write_text("# mine\n")
    terminal.say("1")
    terminal.say("s")
    terminal.say("me.yaml")
    terminal.expect("me.yaml")
    terminal.expect("bestaat al")
    terminal.say("s")
    terminal.say("")  # not now
    terminal.say("q")
    assert terminal.end() == 0
    assert (tmp_path / "me.yaml").read_text() == "# mine\n"


def test_the_end_of_typing_ends_it(terminal: Terminal) -> None:
    terminal.say("1")
    terminal.say("\x04")
    terminal.expect("Beoordeeld op 22 november 2026.")
    assert terminal.end() == 0


@pytest.mark.parametrize("colourless", ["a pipe", "NO_COLOR"])
def test_no_colour(colourless: str, tmp_path: Path) -> None:
    env = os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8"}
    words = ["ask", "--lang", "nl", "--on", "2026-11-22"]
    if colourless == "a pipe":
        env.pop("NO_COLOR", None)
        done = subprocess.run([SOJOURN, *words], input="1\nq\n", capture_output=True, text=True, env=env, check=True)
        shown = done.stdout + done.stderr
    else:
        opened = Terminal(*words, cwd=tmp_path, env=env | {"NO_COLOR": "1"})
        opened.say("1")
        opened.say("q")
        assert opened.end() == 0
        os.close(opened.screen)
        shown = opened.shown
    assert "Beoordeeld op 22 november 2026." in shown
    assert not COLOUR.search(shown)
