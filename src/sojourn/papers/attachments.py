"""The person's own papers, made safe to bind: PDF, JPEG and PNG files become plain pages, or are refused with a reason.

Of a PDF only what is on the pages is taken; scripts, actions, forms to fill, attached files and hidden metadata stay
behind, and the notices say so. A picture is decoded and drawn anew, so that what a camera wrote into it (place, owner)
stays behind too. Nothing is ever repaired by guess: a damaged file is refused, for pages could be missing unseen.
"""

import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sojourn.law.faults import Fault, InputError, shown

if TYPE_CHECKING:
    import pikepdf
    from PIL import Image

MOST_BYTES = 50_000_000
MOST_PAGES = 500
MOST_PIXELS = 100_000_000
_A4 = (595.28, 841.89)  # points
_MARGIN = 28.35  # 1 cm
_MOST_SIDE = 2480  # pixels: A4 at 300 dots an inch is 2480 by 3508
_QUALITY = 85
_PAGE_KEYS = frozenset(("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/UserUnit", "/Group"))
_ACTIONS = frozenset(("/A", "/AA"))
_FILES = frozenset(("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"))


class AttachmentError(InputError):
    """A file cannot be bound."""


@dataclass(frozen=True)
class Attachment:
    """A file as pages. `notices`: what was left behind, and what to do about it."""

    name: str
    pages: "pikepdf.Pdf"
    notices: tuple[Fault, ...] = ()


def attachment(path: Path) -> Attachment:
    """Return the pages of a file. Raises AttachmentError when it cannot be used."""
    raw = _read(path)
    if raw.startswith(b"%PDF-"):
        return _pdf(path, raw)
    if raw.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(path, raw)
    raise _refused(path, "type", "this is no PDF, JPEG or PNG file, whatever its name says", "Save or scan it as PDF.")


def _refused(path: Path, kind: str, what: str, mend: str) -> AttachmentError:
    return AttachmentError([Fault(shown(path), 0, kind, f"{what}; it was not bound", mend)])


def _read(path: Path) -> bytes:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe must not keep us waiting
        with os.fdopen(fd, "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise _refused(path, "no-file", "this is no ordinary file", "Name a PDF, JPEG or PNG file.")
            if about.st_size > MOST_BYTES:
                what = f"it has {about.st_size:,} bytes; at most {MOST_BYTES:,} are taken"
                raise _refused(path, "too-large", what, "Scan it in grey, at 200 dots an inch.")
            return file.read(MOST_BYTES)
    except OSError as error:
        mend = "Put the file there, or correct its name in the dossier."
        raise _refused(path, "unreadable", f"it cannot be read ({error.strerror})", mend) from None


# -- PDF ------------------------------------------------------------------------------------------------------------


def _pdf(path: Path, raw: bytes) -> Attachment:
    import pikepdf

    try:
        source = pikepdf.open(io.BytesIO(raw), attempt_recovery=False, suppress_warnings=True)
        if source.is_encrypted:
            raise pikepdf.PasswordError
        count = len(source.pages)
        told = tuple(_left_behind(path, source))
        pages = _plain_pages(path, source, count)
    except pikepdf.PasswordError:
        mend = "Open it with its password, and save or print it as a PDF without one."
        raise _refused(path, "encrypted", "the PDF is locked with a password", mend) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, RecursionError):
        mend = "Open it in a viewer, check that every page is there, and print it to a new PDF."
        raise _refused(path, "damaged", "the PDF is damaged, and pages could be missing", mend) from None
    return Attachment(path.name, pages, told)


def _plain_pages(path: Path, source: "pikepdf.Pdf", count: int) -> "pikepdf.Pdf":
    import pikepdf

    if not count:
        raise _refused(path, "empty", "the PDF has no page", "Export it anew.")
    if count > MOST_PAGES:
        what = f"it has {count:,} pages; at most {MOST_PAGES} are taken"
        raise _refused(path, "too-large", what, "Split it into the documents that are asked for.")
    source.flatten_annotations("print")  # what was typed into a form becomes part of its page
    out = pikepdf.Pdf.new()
    for page in source.pages:
        _inherited(page)
        for key in set(page.obj.keys()) - _PAGE_KEYS:
            if key != "/Parent":
                del page.obj[key]
    out.pages.extend(source.pages)
    return out


def _inherited(page: "pikepdf.Page") -> None:
    """Write onto a page what it inherits from the tree that we leave behind."""
    for key in ("/MediaBox", "/CropBox", "/Rotate", "/Resources"):
        node: Any = page.obj
        steps = 0
        while key not in node and "/Parent" in node and steps < 50:
            node, steps = node.Parent, steps + 1
        if key in node and key not in page.obj:
            page.obj[key] = node[key]


def _left_behind(path: Path, source: "pikepdf.Pdf") -> Iterator[Fault]:
    """Yield what a PDF carries that is not taken; raises AttachmentError where its pages are no pages."""
    root = source.Root
    names: Any = root.get("/Names", {})
    form: Any = root.get("/AcroForm", {})
    if "/XFA" in form:
        what = "this form draws its pages by program (XFA); elsewhere they would stay empty"
        raise _refused(path, "xfa", what, "Open it in the program it was made for, and print it to a new PDF.")
    annotations = [a for page in source.pages for a in page.obj.get("/Annots", [])]
    active = "/OpenAction" in root or "/AA" in root or "/JavaScript" in names
    active = active or any("/AA" in page.obj for page in source.pages)
    active = active or any(a.keys() & _ACTIONS and a.get("/Subtype") != "/Link" for a in annotations)
    if active:
        yield _notice(path, "active", "it held scripts or actions; they were taken out", "Look at its pages once more.")
    if "/EmbeddedFiles" in names or any(str(a.get("/Subtype")) in _FILES for a in annotations):
        mend = "If they matter, record each as a document of its own."
        yield _notice(path, "embedded", "files were hidden inside it; they were taken out", mend)
    if int(form.get("/SigFlags", 0)) & 1 or any(_is_signature(x) for x in form.get("/Fields", [])):
        mend = "Keep the signed file, and hand it in as well where the signature counts (a sworn translation)."
        yield _notice(path, "signature", "its electronic signature does not survive binding", mend)
    layers: Any = root.get("/OCProperties", {})
    if len(layers.get("/D", {}).get("/OFF", [])):
        yield _notice(path, "layers", "it has hidden layers, which show once bound", "Print it to a new PDF first.")


def _is_signature(field: Any) -> bool:
    return bool(field.get("/FT") == "/Sig" and "/V" in field)


def _notice(path: Path, kind: str, what: str, mend: str) -> Fault:
    return Fault(shown(path), 0, kind, what, mend)


# -- pictures -------------------------------------------------------------------------------------------------------


def _picture(path: Path, raw: bytes) -> Attachment:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                what = f"it has {opened.width * opened.height:,} pixels; at most {MOST_PIXELS:,} are taken"
                raise _refused(path, "too-large", what, "Scan it at 300 dots an inch or less.")
            drawn = ImageOps.exif_transpose(opened)
            flat = Image.new("RGB", drawn.size, "white")
            shape = drawn.convert("RGBA")
            flat.paste(shape, mask=shape.getchannel("A"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        mend = "Open it in a viewer, check that it is whole, and save or scan it anew."
        raise _refused(path, "damaged", "the picture is damaged", mend) from None
    return Attachment(path.name, _on_a_page(flat))


def _on_a_page(picture: "Image.Image") -> "pikepdf.Pdf":
    import pikepdf

    width, height = _A4 if picture.height >= picture.width else _A4[::-1]
    most = (_MOST_SIDE, int(_MOST_SIDE * 1.4142))
    picture.thumbnail(most if picture.height >= picture.width else most[::-1])
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=_QUALITY)
    scale = min((width - 2 * _MARGIN) / picture.width, (height - 2 * _MARGIN) / picture.height)
    w, h = picture.width * scale, picture.height * scale
    draw = f"q {w:.2f} 0 0 {h:.2f} {(width - w) / 2:.2f} {(height - h) / 2:.2f} cm /Im0 Do Q"
    out = pikepdf.Pdf.new()
    image = pikepdf.Stream(
        out, jpeg.getvalue(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=picture.width,
        Height=picture.height, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, round(width, 2), round(height, 2)],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=out.make_indirect(image))),
        Contents=pikepdf.Stream(out, draw.encode()),
    )
    out.pages.append(pikepdf.Page(out.make_indirect(page)))
    return out
