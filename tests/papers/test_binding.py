"""The person's own files: bound as they look, without what else is in them, or refused with a reason."""

import io
import os
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from sojourn.papers import attachments
from sojourn.papers.attachments import AttachmentError, attachment
from sojourn.papers.binder import Bound, bind
from sojourn.papers.cover_letter import cover_letter
from sojourn.papers.typeset import pdf
from tests.papers.matters import MATTER, Plain


def paper(pages: int = 1) -> Pdf:
    made = Pdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(300, 400))
    return made


def kept(path: Path, made: Pdf, **options: object) -> Path:
    made.save(path, **options)  # type: ignore[arg-type]
    return path


def kinds(path: Path) -> set[str]:
    return {f.kind for f in attachment(path).notices}


def refused(path: Path) -> str:
    with pytest.raises(AttachmentError) as caught:
        attachment(path)
    (fault,) = caught.value.faults
    assert fault.mend
    return fault.kind


def test_bookmarks_follow_the_inventory_and_the_letter_keeps_its_tags(tmp_path: Path) -> None:
    Image.new("RGBA", (600, 200), (255, 0, 0, 90)).save(tmp_path / "a.png")
    Image.new("CMYK", (20, 30)).save(tmp_path / "b.jpg")
    kept(tmp_path / "c.pdf", paper(3))

    def whole() -> bytes:
        papers = [Bound(f"{n}. {x}", attachment(tmp_path / x)) for n, x in enumerate(("a.png", "c.pdf", "b.jpg"), 1)]
        return bind(pdf(cover_letter(Plain("nl"), MATTER)), "Letter", papers)

    raw = whole()
    assert raw == whole()
    with pikepdf.open(io.BytesIO(raw)) as made:
        assert len(made.pages) == 1 + 1 + 3 + 1
        with made.open_outline() as outline:
            titles = [x.title for x in outline.root]
            starts = [made.pages.index(pikepdf.Page(x.destination[0])) for x in outline.root]  # type: ignore[index]
        assert titles == ["Letter", "1. a.png", "2. c.pdf", "3. b.jpg"]
        assert starts == [0, 1, 2, 5]
        assert "/StructTreeRoot" in made.Root
        assert "pdfuaid:part" not in made.open_metadata()  # a scan has no tags: the whole must not claim them
        assert made.pages[1].mediabox[2] > made.pages[1].mediabox[3]  # a wide picture lies on a wide page


def test_active_content_is_taken_out_and_said(tmp_path: Path) -> None:
    made = paper()
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('boo')"))
    made.Root.OpenAction = script
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
    page = made.pages[0].obj
    page.AA = Dictionary(O=script)
    page.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Screen, Rect=[0, 0, 9, 9], A=script)])
    assert kinds(kept(tmp_path / "x.pdf", made)) == {"active", "embedded"}
    raw = bind(pdf(cover_letter(Plain(), MATTER)), "L", [Bound("1", attachment(tmp_path / "x.pdf"))])
    with pikepdf.open(io.BytesIO(raw)) as whole:
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm"} & whole.Root.keys()
        for p in whole.pages:
            assert not {"/AA", "/Annots"} & p.obj.keys()
        whole.save(plain := io.BytesIO(), stream_decode_level=pikepdf.StreamDecodeLevel.all,
                   object_stream_mode=pikepdf.ObjectStreamMode.disable)  # fmt: skip
    assert b"JavaScript" not in plain.getvalue()
    assert b"boo" not in plain.getvalue()


def test_attached_files_signatures_and_layers_are_said(tmp_path: Path) -> None:
    made = paper()
    made.attachments["hidden.exe"] = b"MZ"
    made.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array())
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("secret")))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    assert kinds(kept(tmp_path / "x.pdf", made)) == {"embedded", "signature", "layers"}


def test_what_was_typed_into_a_form_stays_on_its_page(tmp_path: Path) -> None:
    made = paper()
    look = Stream(made, b"BT /F 9 Tf (typed in) Tj ET", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 20])
    field = made.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("n"), V=String("typed in"), F=4,
                   Rect=[10, 10, 100, 30], AP=Dictionary(N=made.make_indirect(look)))
    )  # fmt: skip
    made.pages[0].obj.Annots = Array([field])
    made.Root.AcroForm = Dictionary(Fields=Array([field]))
    found = attachment(kept(tmp_path / "x.pdf", made))
    drawn = [x.read_bytes() for x in found.pages.pages[0].resources.XObject.values()]
    assert any(b"typed in" in x for x in drawn)


def test_hostile_and_broken_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = kept(tmp_path / "good.pdf", paper(2)).read_bytes()
    Image.effect_noise((90, 90), 50).save(tmp_path / "good.png")
    picture = (tmp_path / "good.png").read_bytes()

    def file(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    locked = pikepdf.Encryption(owner="o", user="u")
    forms = paper()
    forms.Root.AcroForm = Dictionary(XFA=String("<xdp/>"), Fields=Array())
    assert refused(kept(tmp_path / "locked.pdf", paper(), encryption=locked)) == "encrypted"
    open_to_read = pikepdf.Encryption(owner="o", user="")
    assert refused(kept(tmp_path / "half-locked.pdf", paper(), encryption=open_to_read)) == "encrypted"
    assert refused(kept(tmp_path / "xfa.pdf", forms)) == "xfa"
    assert refused(kept(tmp_path / "none.pdf", Pdf.new())) == "empty"
    assert refused(file("cut.pdf", raw[: len(raw) // 2])) == "damaged"
    assert refused(file("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40)) == "damaged"
    assert refused(file("cut.png", picture[: len(picture) // 2])) == "damaged"
    assert refused(file("script.pdf", b"#!/bin/sh\n" + raw)) == "type"
    assert refused(file("page.pdf", b"<html><script>alert(1)</script>")) == "type"
    assert refused(file("empty.pdf", b"")) == "type"
    assert refused(tmp_path / "missing.pdf") == "unreadable"
    assert refused(tmp_path) in ("no-file", "unreadable")
    os.mkfifo(tmp_path / "pipe.pdf")
    assert refused(tmp_path / "pipe.pdf") == "no-file"
    monkeypatch.setattr(attachments, "MOST_PIXELS", 80 * 80)
    assert refused(tmp_path / "good.png") == "too-large"
    monkeypatch.setattr(attachments, "MOST_PAGES", 1)
    assert refused(tmp_path / "good.pdf") == "too-large"
    monkeypatch.setattr(attachments, "MOST_BYTES", 10)
    assert refused(tmp_path / "good.pdf") == "too-large"


def test_every_truncation_is_refused_or_whole(tmp_path: Path) -> None:
    raw = kept(tmp_path / "good.pdf", paper(2)).read_bytes()
    for length in range(8, len(raw) - 8, 23):
        (tmp_path / "cut.pdf").write_bytes(raw[:length])
        assert refused(tmp_path / "cut.pdf") == "damaged"


def test_a_camera_says_nothing_of_its_place(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    exif[0x0112] = 6  # turned by 90 degrees
    Image.new("RGB", (200, 100), "blue").save(tmp_path / "a.jpg", exif=exif)
    made = attachment(tmp_path / "a.jpg").pages
    image = made.pages[0].resources.XObject.Im0
    assert b"Secret" not in image.read_raw_bytes()
    assert (image.Width, image.Height) == (100, 200)  # upright
