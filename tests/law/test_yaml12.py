"""YAML 1.2 without surprises."""

from datetime import date

import pytest

from sojourn.law.faults import InputError
from sojourn.law.yaml12 import DEEPEST, load_bytes, load_file


def value(text: str):
    return load_bytes(text.encode(), "x.yaml").value


@pytest.mark.parametrize(
    ("text", "expected", "because"),
    [
        ("NO", "NO", "Norway is no refusal"),
        ("yes", "yes", "only true and false are truth values"),
        ("on", "on", "a key of every profile"),
        ("True", "True", "YAML 1.2 core would say true; our files write small letters"),
        ("true", True, "a truth value"),
        ("false", False, "a truth value"),
        ('"true"', "true", "quoted is text"),
        ("null", None, "nothing"),
        ("~", None, "nothing"),
        ("1845.48", "1845.48", "a decimal keeps its digits"),
        ("1845.40", "1845.40", "and its zero"),
        ("1e3", "1e3", "no floating point"),
        (".inf", ".inf", "no floating point"),
        ("017", "017", "not octal: a postcode or a part of a number"),
        ("0x1F", "0x1F", "not hexadecimal"),
        ("1_000", "1_000", "no separators"),
        ("12:30:45", "12:30:45", "not sexagesimal"),
        ("-7", -7, "a whole number"),
        ("+7", 7, "a whole number"),
        ("0", 0, "a whole number"),
        ("2026-11-22", date(2026, 11, 22), "a day"),
        ('"2026-11-22"', "2026-11-22", "quoted is text"),
        ("2026-11-22T10:00:00", "2026-11-22T10:00:00", "no times"),
        ("=", "=", "nothing special"),
        ("{<<: 1}", {"<<": 1}, "no merging"),
        ("{2026-11-22: 1, 7: 2, NO: 3}", {"2026-11-22": 1, "7": 2, "NO": 3}, "keys are words"),
        ('{"a": [1, "b", null, true]}', {"a": [1, "b", None, True]}, "JSON is YAML"),
        ("\ufeffa: 1", {"a": 1}, "a byte order mark is passed over"),
        ("", None, "empty"),
        ("# only words", None, "empty"),
        ("a:\r\n  b: 1\r\n", {"a": {"b": 1}}, "lines as Windows ends them"),
    ],
)
def test_values(text, expected, because):
    found = value(text)
    assert found == expected, because
    assert type(found) is type(expected), because


@pytest.mark.parametrize(
    ("text", "line", "kind"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "duplicate-key"),
        ("a: {b: 1,\n b: 2}\n", 2, "duplicate-key"),
        ("a: &x 1\n", 1, "alias"),
        ("b: 1\na: *x\n", 2, "alias"),
        ("a: 1\n--- \nb: 2\n", 2, "several-documents"),
        ("a: 2026-02-29\n", 1, "impossible-date"),
        ("a: 1\nb: 2026-00-10\n", 2, "impossible-date"),
        ("a: 1\n? [b]\n: 2\n", 2, "key"),
        ("a: [1\n", 2, "syntax"),
        ("a: " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), 1, "too-deep"),
    ],
)
def test_faults(text, line, kind):
    with pytest.raises(InputError) as caught:
        value(text)
    assert [(f.line, f.kind) for f in caught.value.faults] == [(line, kind)]


def test_as_deep_as_allowed():
    assert value("[" * DEEPEST + "]" * DEEPEST)


def test_all_faults_at_once():
    with pytest.raises(InputError) as caught:
        value("a: 2026-02-30\nb: 1\nb: 2026-13-01\n")
    assert [f.kind for f in caught.value.faults] == ["impossible-date", "duplicate-key", "impossible-date"]


def test_lines():
    document = load_bytes(b"# head\na:\n  b: 1\n  c:\n    - x\n    - {d: 2}\n", "x.yaml")
    assert document.line(("a",)) == 2
    assert document.line(("a", "b")) == 3
    assert document.line(("a", "c", 1, "d")) == 6
    assert document.line(("a", "c", 1, "nowhere", 7)) == 6, "the nearest enclosing one"
    assert document.line(("nowhere",)) >= 1


def test_files(tmp_path):
    for path, kind in ((tmp_path, "folder"), (tmp_path / "none.yaml", "missing-file")):
        with pytest.raises(InputError) as caught:
            load_file(path)
        assert [f.kind for f in caught.value.faults] == [kind]
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * 101)
    with pytest.raises(InputError) as caught:
        load_file(large, most_bytes=100)
    assert [f.kind for f in caught.value.faults] == ["too-large"]
    assert load_file(large, most_bytes=101).value is None
