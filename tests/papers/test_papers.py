"""What the papers say, and that their PDF is tagged, marked as PDF/UA-1 and always the same."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from sojourn.papers.appeal import appeal
from sojourn.papers.checklist import checklist
from sojourn.papers.cover_letter import cover_letter, inventory
from sojourn.papers.data import to_json
from sojourn.papers.page import Document, Heading, Part, Text
from sojourn.papers.plain import text
from sojourn.papers.timeline import timeline
from sojourn.papers.typeset import PaperError, pdf
from tests.papers.matters import MATTER, NAMELESS, Plain

EN, NL, DE = Plain("en"), Plain("nl"), Plain("de")
DOCUMENTS = [checklist(EN, MATTER), cover_letter(NL, MATTER), appeal(DE, NL, MATTER, MATTER)]


def elements(node: Any) -> Counter[tuple[str, str]]:
    """Count the structure elements by tag and language."""
    found: Counter[tuple[str, str]] = Counter()
    if isinstance(node, pikepdf.Array):
        for x in node:
            found += elements(x)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found[str(node.S), str(node.get("/Lang", ""))] += 1
        found += elements(node.get("/K"))
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=["checklist", "cover-letter", "appeal"])
def test_pdf_is_tagged_and_says_its_language(document: Document) -> None:
    raw = pdf(document)
    assert pdf(document) == raw
    with pikepdf.open(io.BytesIO(raw)) as made:
        root = made.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == document.language
        assert root.ViewerPreferences.DisplayDocTitle
        tags = Counter(tag for tag, _ in elements(root.StructTreeRoot).elements())
        assert tags["/H1"] >= 1
        assert tags["/P"] > 5
        assert made.open_metadata()["pdfuaid:part"] == "1"
        assert made.docinfo["/Title"] == document.title
        assert made.docinfo["/CreationDate"] == "D:20260710000000Z"


def test_guide_before_the_appeal_has_its_own_language() -> None:
    with pikepdf.open(io.BytesIO(pdf(DOCUMENTS[2]))) as made:
        found = elements(made.Root.StructTreeRoot)
    assert found["/H1", "de"] == 1
    assert found["/P", "de"] > 3
    assert found["/H1", ""] == 1  # the letter has the language of the document


def test_what_a_person_writes_is_never_read_as_typst() -> None:
    nasty = 'x #panic("no") $a$ *b* _c_ @d <e> \\ // `f` [g] #include "/etc/passwd"'
    told = text(Document(nasty, MATTER.on, (Part("en", (Heading("H"), Text(nasty))),)))
    assert nasty.split(maxsplit=1)[0] in told
    assert pdf(Document(nasty, MATTER.on, (Part("en", (Heading(nasty), Text(nasty))),)))


def test_letters_without_a_font_are_told_not_shown_as_boxes() -> None:
    with pytest.raises(PaperError, match="no font on this machine"):
        pdf(Document("t", MATTER.on, (Part("en", (Heading("h"), Text("\U000f0000"))),)))


def test_appeal_gives_both_readings_the_safe_day_and_the_form() -> None:
    guide, letter = text(DOCUMENTS[2]).split("=" * 88)
    assert "Send it on Wednesday 2026-08-05 at the latest" in guide
    assert "Saturday rests: Thursday 2026-08-06" in guide
    assert "Saturday works: Wednesday 2026-08-05" in guide
    assert "It moves: Friday 2026-08-07 (shown only: do not rely on it)" in guide
    for must in ("Give reasons", "Sign it by hand", "registered post", "On pain of nullity"):
        assert must in guide
    assert "It moves" not in letter  # an argument one must not rely on does not go to the minister
    assert "By registered post" in letter
    assert "Flemish Government\n[address, as it stands in the notice of the refusal]" in letter
    assert letter.count("[the reason, word for word from the refusal]") == 3
    assert "Law of today" not in letter


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"on": date(2026, 8, 6)}, "The safe day has passed: Wednesday 2026-08-05"),
        ({"remedy": replace(MATTER.remedy, lodged=date(2026, 8, 5))}, "An appeal was lodged already, on 2026-08-05"),
        ({"remedy": replace(MATTER.remedy, due=None)}, "The last day could not be counted"),
    ],
    ids=["too late", "lodged", "no day of dispatch"],
)
def test_guide_says_when_the_day_is_gone(change: dict[str, Any], said: str) -> None:
    matter = replace(MATTER, **change)
    assert said in text(appeal(EN, NL, matter, matter))


def test_what_is_not_known_is_a_marked_blank() -> None:
    told = text(cover_letter(NL, NAMELESS))
    assert told.startswith("[your name, as in your passport]\nborn on [date of birth]\nnationality: [nationality]\n")
    assert "Ana" not in told
    assert "Ana Šević\nborn on 1990-01-02" in text(cover_letter(NL, MATTER))


def test_inventory_holds_what_is_on_file_and_what_is_still_required() -> None:
    found = [(e.number, e.title, bool(e.held)) for e in inventory(MATTER.steps[0].pieces)]
    assert found == [(1, "Passport", True), (2, "Diploma / Certificate", False)]
    assert "Diploma / Certificate [to be added]" in text(cover_letter(NL, MATTER))


def test_checklist_ticks_what_is_there_and_says_what_is_not_known() -> None:
    told = text(checklist(EN, MATTER))
    assert "[x] Passport\n    On file: Passport, issued on 2024-05-01" in told
    assert "[ ] Diploma or Certificate\n    Certificate:" not in told
    assert "[ ] Portfolio (advised)\n    It depends on: your activity" in told
    assert "[ ] Other. amount unknown\n    Not known." in told
    assert "no source names the holder" in told


def test_timeline_is_sound_and_says_all_it_shows() -> None:
    picture = timeline(NL, MATTER)
    assert picture == timeline(NL, MATTER)
    root = ET.fromstring(picture)
    svg = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.get("lang") == "nl"
    assert root.get("aria-labelledby") == f"{root.find(svg + 'title').get('id')} {root.find(svg + 'desc').get('id')}"  # type: ignore[union-attr]
    desc = root.find(svg + "desc").text or ""  # type: ignore[union-attr]
    assert "2026-07-03: Refused. by <the> service & co" in desc
    shown = [x.text for x in root.iter(svg + "text")]
    for words in ("happened", "today", "you must act", "wait until then"):  # each shape is named: no need of colour
        assert words in shown
    assert "\x00" not in timeline(NL, replace(MATTER, title="a\x00b"))


def test_json_holds_the_matter() -> None:
    import json

    told = json.loads(to_json(MATTER, "en"))
    assert told["sojourn"] == "papers"
    assert told["dues"][0]["day"] == "2026-08-05"
    assert told["steps"][0]["pieces"][0]["held"][0]["file"] == "p.pdf"
