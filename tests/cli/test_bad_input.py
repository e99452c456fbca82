# ruff: noqa: E501  tables: one row a fault
"""Whatever is wrong with what a person gives us: exit code 2, what and where on stderr, nothing else, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOJOURN = Path(sys.executable).parent / "sojourn"
ROOT = Path(__file__).parents[2]
GOOD = ROOT / "examples" / "ghent-designer.yaml"


@pytest.fixture(scope="session")
def sojourn(tmp_path_factory):
    """Return a function that runs the real command."""
    cache = tmp_path_factory.mktemp("cache")
    cache.chmod(0o700)
    env = {k: v for k, v in os.environ.items() if k not in ("SOJOURN_LANG", "LC_ALL")}
    env |= {"SOJOURN_CACHE": str(cache), "LANG": "C.UTF-8", "COLUMNS": "88"}

    def run(*words: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SOJOURN, *map(str, words)], capture_output=True, text=True, env=env, cwd=cwd, timeout=60, check=False
        )

    return run


def refused(done, *says: str) -> None:
    assert done.returncode == 2, done.stderr or done.stdout
    assert "Traceback" not in done.stderr
    assert "fault of ours" not in done.stderr
    assert done.stdout == ""
    for text in says:
        assert text in done.stderr
    assert len(done.stderr) < 20_000


def facts(*lines: str) -> str:
    return "\n".join(["on: 2026-11-22", "facts:", *(f"  {line}" for line in lines), ""])


def bomb() -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    return "\n".join(lines)


TABLE = [
    ("unknown fact", facts("residence: {cuontry: MA}"), ["me.yaml:3", 'Did you mean "residence.country"?']),
    ("unknown subject", facts("residnce: {country: MA}"), ["me.yaml:3", "residnce.country", "residence.country"]),
    ("unknown key at the top", "fact: {}\n", ["me.yaml:1", 'Did you mean "facts"?']),
    ("wrong type: text for a number", facts("person: {age: old}"), ["me.yaml:3", "person.age", "whole number"]),
    ("wrong type: yes is no truth value", facts("activity:", "  regulated: yes"), ["me.yaml:4", "neither true nor false"]),
    ("wrong type: one value for a list", facts("person: {nationalities: MA}"), ["me.yaml:3", "Write all of them: [MA]"]),
    ("wrong type: a list for one value", facts("residence: {country: [MA]}"), ["me.yaml:3", "one value"]),
    ("wrong type: money without currency", facts("means: {monthly_net: 2600}"), ["me.yaml:3", "means.monthly_net"]),
    ("wrong type: facts is a list", "facts: [1, 2]\n", ["me.yaml:1", "`facts` is not a mapping"]),
    ("wrong type: a list", "- a\n- b\n", ["me.yaml:1", "a mapping"]),
    ("wrong type: one word", "hello\n", ["me.yaml:1", "a mapping"]),
    ("wrong type: the day", "on: tomorrow\n", ["me.yaml:1", "2026-11-22"]),
    ("impossible date", facts("residence: {document_valid_until: 2026-02-30}"), ["me.yaml:3", "2026-02-30"]),
    ("a compact date", facts("residence: {document_valid_until: 20281122}"), ["me.yaml:3", "Write it like 2026-09-20"]),
    ("a compact date in quotes", facts('residence: {document_valid_until: "20281122"}'), ["me.yaml:3", "Write it like 2026-09-20"]),
    ("a compact day to assess", "on: 20261122\n", ["me.yaml:1", "Write it like 2026-11-22"]),
    ("a compact day to assess, in quotes", 'on: "20261122"\n', ["me.yaml:1", "Write it like 2026-11-22"]),
    ("impossible day to assess", "on: 2026-13-01\n", ["me.yaml:1", "2026-13-01"]),
    ("a date outside any life", facts("residence: {document_valid_until: 0026-02-03}"), ["me.yaml:3", "Check the year"]),
    ("unknown country", facts("residence: {country: XX}"), ["me.yaml:3", "no country code"]),
    ("country in small letters", facts("residence: {country: ma}"), ["me.yaml:3", 'Did you mean "MA"?']),
    ("unknown value", facts("activity: {kind: self-emplyed}"), ["me.yaml:3", "Did you mean"]),
    ("negative money", facts("means: {monthly_net: -5 EUR}"), ["me.yaml:3", "below zero"]),
    ("foreign money", facts("means: {monthly_net: 5 USD}"), ["me.yaml:3", "not in EUR"]),
    ("band that ends before it begins", facts("means: {monthly_net: 9..5 EUR}"), ["me.yaml:3", "ends before it begins"]),
    ("out of bounds", facts("person: {age: 300}"), ["me.yaml:3", "300"]),
    ("contradictory facts", facts("activity: {kind: none}", "employment: {contract: true}"), ["me.yaml:2", "correct one of the two"]),
    ("duplicate key", facts("person: {age: 3, age: 4}"), ["me.yaml:3", '"age" stands twice']),
    ("fact given twice", facts("person: {age: 3}", "person.age: 4"), ["me.yaml:4", "given twice"]),
    ("deep nesting", "facts: " + "[" * 500 + "]" * 500, ["me.yaml:1", "levels deep"]),
    ("very deep nesting", "facts: " + "[" * 200_000, ["me.yaml"]),
    ("very deep mappings", "{a: " * 200_000, ["me.yaml"]),
    ("alias bomb", bomb(), ["me.yaml:1", "anchors and aliases"]),
    ("a tag that would build an object", "facts: !!python/object/apply:os.system [id]\n", ["me.yaml"]),
    ("10 MB", "facts:\n" + "  # so much to say\n" * 600_000, ["me.yaml", "at most 1,000,000"]),
    ("invalid UTF-8", b"facts: {}\n# caf\xe9\n", ["me.yaml:2", "UTF-8"]),
    ("a control character", b"facts: {}\n# \x00\n", ["me.yaml"]),
    ("UTF-16", "facts: {}\n".encode("utf-16"), ["me.yaml"]),
    ("empty file", "", ["me.yaml", "empty", "sojourn new"]),
    ("only a comment", "# nothing\n", ["me.yaml", "empty"]),
    ("not YAML", "facts: [1, 2\n", ["me.yaml", "not readable as YAML"]),
    ("a huge number", facts("person: {age: " + "9" * 5000 + "}"), ["me.yaml:3", "whole number"]),
    ("broken JSON", '{"facts": {"person": }', ["me.yaml"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_bad_profile(sojourn, tmp_path, text, says):
    path = tmp_path / "me.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    refused(sojourn("match", path), *says)
    assert [p.name for p in tmp_path.iterdir()] == ["me.yaml"], "something was written"


def test_a_day_in_json(sojourn, tmp_path):
    path = tmp_path / "me.json"
    path.write_text('{"on": "2026-11-22", "facts": {"record": {"extract_issued": "2026-09-20"}}}')
    done = sojourn("match", path)
    assert done.returncode == 0, done.stderr
    assert "22 November 2026" in done.stdout


@pytest.mark.parametrize("command", [["match"], ["explain"], ["next"]], ids=lambda c: c[0])
def test_every_command_refuses_it_alike(sojourn, tmp_path, command):
    path = tmp_path / "me.yaml"
    path.write_text(facts("residence: {country: XX}"))
    extra = ["be-own-means"] if command == ["explain"] else []
    refused(sojourn(*command, path, *extra), "me.yaml:3", "no country code")


def test_several_faults_at_once(sojourn, tmp_path):
    path = tmp_path / "me.yaml"
    path.write_text(
        facts("residence: {country: XX}", "person:", "  age: old", "  agee: 4", "means: {monthly_net: -1 EUR}")
    )
    refused(sojourn("match", path), "me.yaml:3", "me.yaml:5", "me.yaml:6", "me.yaml:7", "no country code", "below zero")


FOREIGN = [
    ("a folder", ["match", "."], ["folder"]),
    ("a missing file", ["match", "nowhere.yaml"], ["nowhere.yaml", "no such file"]),
    ("no file at all", ["match"], ["PROFILE"]),
    ("unknown pathway", ["match", GOOD, "--pathway", "be-own-mean"], ["be-own-mean", 'Did you mean "be-own-means"?']),
    ("unknown pathway to explain", ["explain", GOOD, "be-own-mean"], ['Did you mean "be-own-means"?']),
    ("unknown pathway for a new profile", ["new", "be-own-mean"], ['Did you mean "be-own-means"?']),
    ("unknown pathway for a sheet", ["law", "sheet", "be-own-mean"], ['Did you mean "be-own-means"?']),
    ("a bad --on", ["match", GOOD, "--on", "2026-02-30"], ["2026-02-30", "write it like 2026-11-22"]),
    ("a compact --on", ["match", GOOD, "--on", "20261122"], ["20261122", "write it like 2026-11-22"]),
    ("an --on by week", ["match", GOOD, "--on", "2026-W47-7"], ["2026-W47-7", "write it like 2026-11-22"]),
    ("an --on in words", ["next", GOOD, "--on", "today"], ["today"]),
    ("a language we do not speak", ["match", GOOD, "--lang", "es"], ["es", "en"]),
    ("a format we do not write", ["match", GOOD, "--format", "xml"], ["xml", "json"]),
    ("an unknown option", ["match", GOOD, "--pathwai", "x"], ["--pathway"]),
    ("an unknown command", ["mach", GOOD], ["mach"]),
    ("a missing law folder", ["match", GOOD, "--law", "nowhere"], ["nowhere", "no such folder of law"]),
    ("a missing law folder to check", ["law", "check", "--law", "nowhere"], ["nowhere"]),
    ("a batch without a table", ["batch", "nowhere.csv", "out.csv"], ["nowhere.csv"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "says"), [row[1:] for row in FOREIGN], ids=[row[0] for row in FOREIGN])
def test_a_bad_command(sojourn, tmp_path, words, says):
    refused(sojourn(*words, cwd=tmp_path), *says)
    assert list(tmp_path.iterdir()) == [], "something was written"


@pytest.mark.parametrize("command", ["match", "check"])
def test_a_law_folder_with_faults(sojourn, tmp_path, command):
    folder = tmp_path / "mine" / "be" / "mine"
    folder.mkdir(parents=True)
    (folder / "rule.yaml").write_text(
        "pathway: mine\ntitle: Mine\nin_force: {from: 2020-01-01}\ngate:\n  - id: g\n    says: S.\n    better: B.\n"
        "    cite: {source: nowhere, at: art. 1, grade: official}\n    when: {fact: person.agee, at_least: 18}\n"
    )
    words = ["match", GOOD] if command == "match" else ["law", "check"]
    done = sojourn(*words, "--law", tmp_path / "mine")
    refused(done, "rule.yaml:8", "rule.yaml:9", 'no source is called "nowhere"', 'Did you mean "person.age"?')
