"""The file of a dossier: what is written is read; what was changed is named; what can be read is always there."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sojourn.dossier.events import EventError, make_event
from sojourn.dossier.ledger import Header, event_line, new_ledger, parse, salvage
from tests.dossier.strategies import NOW, events

HEADER = Header("be-vlg-professional-card", "nl")
EXAMPLE = Path(__file__).parents[2] / "examples" / "refused.sojourn"
RAW = EXAMPLE.read_bytes()


def kinds(ledger):
    return [(f.line, f.kind) for f in ledger.faults]


@given(events())
def test_what_is_written_is_read(history):
    ledger = parse(new_ledger(HEADER, history), "x")
    assert (ledger.header, ledger.events, ledger.faults, ledger.notices) == (HEADER, tuple(history), (), ())
    assert ledger.writable


@given(events(4), st.data())
def test_a_flipped_byte_is_detected_or_harmless(history, data):
    raw = bytearray(new_ledger(HEADER, history))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    ledger = parse(bytes(raw), "x")
    assert ledger.faults or (ledger.header, ledger.events) == (HEADER, tuple(history))


def test_every_byte_of_an_example_flipped():
    whole = parse(RAW, "x")
    for at in range(len(RAW)):
        for mask in (1, 0x20, 0x80):
            raw = bytearray(RAW)
            raw[at] ^= mask
            ledger = parse(bytes(raw), "x")
            assert ledger.faults or ledger.events == whole.events, (at, mask)


@given(events(5), st.data())
@example([], None)
def test_a_truncation_keeps_every_complete_line(history, data):
    raw = new_ledger(HEADER, history)
    for cut in [data.draw(st.integers(0, len(raw)))] if data else range(len(raw)):
        ledger = parse(raw[:cut], "x")
        complete = raw[: cut + 1].count(b"\n")  # a line that lacks its line break alone is complete
        assert ledger.events == tuple(history[: max(0, complete - 1)])
        assert raw[: ledger.length] + ledger.torn == raw[:cut]
        assert {k for _, k in kinds(ledger)} <= ({"torn"} if complete else {"torn", "no-header"})


def test_anyone_can_verify_the_chain():
    before = None
    for line in EXAMPLE.read_text().splitlines():
        body, _, rest = line.rpartition(', "hash": "')
        assert sha256(body.encode()).hexdigest() == rest[:-2]
        assert before is None or json.loads(line)["before"] == before
        before = rest[:-2]


def edited(number, edit):
    lines = RAW.split(b"\n")
    lines[number - 1] = edit(lines[number - 1])
    return b"\n".join(x for x in lines if x is not None)


@pytest.mark.parametrize(
    ("raw", "says", "left"),
    [
        (edited(4, lambda x: x.replace(b"2025-12-29", b"2025-12-28")), [(4, "altered")], 9),
        (edited(4, lambda x: None), [(4, "broken-chain")], 8),
        (edited(1, lambda x: x.replace(b"card", b"kard")), [(1, "altered")], 9),
        (edited(5, lambda x: b"what?"), [(5, "unreadable")], 8),
        (edited(5, lambda x: b""), [(5, "unreadable")], 8),
        (edited(5, lambda x: x + b"\xff"), [(5, "unreadable")], 8),
        (edited(5, lambda x: b"[" * 100_000), [(5, "unreadable")], 8),
        (edited(5, lambda x: b"9" * 5_000), [(5, "unreadable")], 8),
        (edited(6, lambda x: x.replace(b"admissible", b"admisible")), [(6, "unreadable")], 8),
        (RAW + RAW.split(b"\n")[3] + b"\n", [(11, "broken-chain")], 10),
        (RAW[:-100], [(10, "torn")], 8),
        (RAW + b"\0" * 40, [(11, "torn")], 9),
        (b"", [(1, "no-header")], 0),
        (b"\n", [(1, "no-header")], 0),
        (b"hello\n", [(1, "no-header")], 0),
        (b"\x89PNG\r\n\x1a\n\0\0", [(1, "no-header")], 0),
        (RAW.split(b"\n", 1)[1], [(1, "no-header")], 8),
    ],
)  # fmt: skip
def test_damage_is_named_by_line_and_the_rest_is_read(raw, says, left):
    ledger = parse(raw, "me.sojourn")
    assert kinds(ledger) == says
    assert len(ledger.events) == left
    assert ledger.writable == (says[0][1] == "torn")
    assert all(f.what and f.mend and f.file == "me.sojourn" for f in ledger.faults)


def test_an_event_with_a_hash_of_its_own_is_caught_by_the_next_line():
    lines = RAW.split(b"\n")
    forged = replace(parse(RAW, "x").events[2], on=date(2025, 12, 20))
    lines[3] = event_line(forged, json.loads(lines[2])["hash"])[0][:-1]
    assert kinds(parse(b"\n".join(lines), "x")) == [(5, "broken-chain")]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [(RAW.replace(b"\n", b"\r\n"), "crlf"), (b"\xef\xbb\xbf" + RAW, "bom"), (RAW[:-1], "no-end")],
)
def test_what_an_editor_does_to_a_file_does_no_harm(raw, kind):
    ledger = parse(raw, "x")
    assert [n.kind for n in ledger.notices] == [kind]
    assert (ledger.events, ledger.faults) == (parse(RAW, "x").events, ())
    assert ledger.writable


def test_a_newer_version_is_read_as_far_as_it_is_understood():
    lines = new_ledger(replace(HEADER, version=2), parse(RAW, "x").events).splitlines(keepends=True)
    lines.insert(3, b'{"n": 9, "kind": "teleported", "how": "quickly"}\n')
    ledger = parse(b"".join(lines), "x")
    assert kinds(ledger) == [(1, "newer")]
    assert (len(ledger.events), len(ledger.unread), ledger.writable) == (9, 1, False)


def test_what_can_be_saved_of_a_damaged_dossier_keeps_its_numbers():
    ledger = parse(edited(5, lambda x: b"what?"), "x")
    assert [e.number for e in salvage(ledger)] == [1, 2, 3, 5, 6, 7, 8, 9]
    again = parse(new_ledger(HEADER, salvage(ledger)), "x")
    assert (again.faults, len(again.events)) == ((), 8)


def test_a_line_too_long_is_refused():
    big = {"fact": "x.y", "value": [["é" * 4000] * 5] * 10}
    with pytest.raises(EventError, match="at most 100,000"):
        new_ledger(HEADER, [make_event(1, "fact-stated", date(2026, 1, 1), NOW, big)])
