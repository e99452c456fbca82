"""`sojourn dossier export`: a dossier as papers to hand over, a calendar, a picture, data."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sojourn.cli.app import Day, load, options, words
from sojourn.law.faults import Fault, InputError, shown

if TYPE_CHECKING:
    from sojourn.dossier.ledger import Ledger
    from sojourn.papers.cover_letter import Enclosure
    from sojourn.papers.matter import Matter
    from sojourn.papers.page import Document
    from sojourn.words.language import Words

PAPERS = ("checklist", "cover-letter", "appeal")
SUFFIXES = (".pdf", ".txt", ".ics", ".json", ".svg")
_NEEDED = {".pdf": ("typst", "pikepdf", "PIL"), ".ics": ("icalendar",)}


class Exporter:
    """Everything that can be made of one dossier on one day."""

    def __init__(self, reader: "Words", letter: "Words", guided: "Matter", sent: "Matter", kept: Path) -> None:
        self.reader, self.letter, self.guided, self.sent, self.kept = reader, letter, guided, sent, kept
        self.notices: list[Fault] = []

    def papers(self) -> list[str]:
        """Return the names of the papers that this dossier has."""
        return [name for name in PAPERS if name != "appeal" or self.guided.remedy]

    def document(self, name: str) -> "Document":
        """Return a paper; raises InputError where the dossier has none."""
        from sojourn.papers.appeal import appeal
        from sojourn.papers.checklist import checklist
        from sojourn.papers.cover_letter import cover_letter

        if name == "checklist":
            return checklist(self.reader, self.guided)
        if name == "cover-letter":
            return cover_letter(self.letter, self.sent)
        if not self.guided.remedy:
            what, mend = "nothing was refused up to that day, so there is no appeal to write", "Record the refusal."
            raise InputError([Fault("appeal", 0, "nothing", what, mend)])
        return appeal(self.reader, self.letter, self.guided, self.sent)

    def whole(self) -> bytes:
        """Return the letter and every paper on file as one PDF; what cannot be bound stops it, all faults at once."""
        from sojourn.papers.attachments import AttachmentError, attachment
        from sojourn.papers.binder import Bound, bind
        from sojourn.papers.cover_letter import inventory
        from sojourn.papers.typeset import pdf

        document, bound = self.document("cover-letter"), []
        faults: list[Fault] = []
        for e in inventory(self.sent.steps[0].pieces):
            if path := self._path(e, faults):
                try:
                    found = attachment(path)
                except AttachmentError as error:
                    faults += error.faults
                    continue
                self.notices += found.notices
                bound.append(Bound(f"{e.number}. {e.title}", found))
        if faults:
            raise InputError(faults)
        return bind(pdf(document), document.title, bound)

    def _path(self, e: "Enclosure", faults: list[Fault]) -> Path | None:
        if not e.held or not e.held.file:
            what = f"{e.number}. {e.title}: " + ("no file is named for it" if e.held else "not on file yet")
            self.notices.append(Fault("inventory", 0, "absent", what, ""))
            return None
        path = self.kept / e.held.file
        if not path.resolve().is_relative_to(self.kept.resolve()):
            what = f"{e.held.file} lies outside the folder of the papers {shown(self.kept)}; it was not bound"
            faults.append(Fault("inventory", 0, "outside", what, "Put it there, or name its folder: --documents."))
            return None
        return path

    def made(self, name: str, suffix: str) -> bytes:
        """Return the bytes of one file: a paper, or `all` of the dossier in that form."""
        from sojourn.papers.data import to_json
        from sojourn.papers.diary import calendar
        from sojourn.papers.plain import text
        from sojourn.papers.timeline import timeline
        from sojourn.papers.typeset import pdf

        match suffix:
            case ".ics":
                return calendar(self.reader, self.guided)
            case ".json":
                return to_json(self.guided, self.reader.language).encode()
            case ".svg":
                return timeline(self.reader, self.guided).encode()
            case ".txt":
                named = self.papers() if name == "all" else [name]
                return "\n\n".join(text(self.document(x)) for x in named).encode()
        return self.whole() if name == "all" else pdf(self.document(name))

    def folder(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Yield every file of a folder."""
        for paper in self.papers() if name == "all" else [name]:
            for suffix in (".pdf", ".txt"):
                yield paper + suffix, self.made(paper, suffix)
        if name == "all":
            yield "whole-file.pdf", self.made("all", ".pdf")
            yield "deadlines.ics", self.made("all", ".ics")
            yield "timeline.svg", self.made("all", ".svg")
            yield "dossier.json", self.made("all", ".json")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", "target", type=click.Path(path_type=Path), required=True, metavar="FOLDER|FILE",
    help="A folder, or a file that ends in .pdf, .txt, .ics, .json or .svg.",
)  # fmt: skip
@click.option("--what", type=click.Choice([*PAPERS, "all"]), default="all", help="One paper only.")
@click.option("--on", type=Day(), metavar="DAY", help="The dossier as it was on that day; today when left out.")
@click.option(
    "--documents", type=click.Path(path_type=Path), help="Where your papers are kept; beside FILE if not given."
)
@click.option("--replace", is_flag=True, help="Replace files of the same name (you may have edited them).")
@options("lang", "law")
def export(
    file: Path, target: Path, what: str, on: date | None, documents: Path | None, replace: bool, lang: str,
    laws: tuple[Path, ...],
) -> None:  # fmt: skip
    """Make the papers to hand over: checklist, letter, appeal, the whole file; a calendar, a picture, data.

    \b
    The letter and the appeal are written in the language of the procedure, the rest in --lang.
    Example:  sojourn dossier export examples/refused.sojourn --to refused/ --on 2026-07-10 --lang fr
              sojourn dossier export examples/refused.sojourn --to appeal.pdf --what appeal --on 2026-07-10
              sojourn dossier export examples/antwerp-architect.sojourn --to deadlines.ics
    """
    from sojourn.cli.dossier import read_file, seen_on, warn

    suffix = target.suffix.lower()
    if suffix and suffix not in SUFFIXES and not target.is_dir():
        raise click.UsageError(f"no export ends in {suffix}; use a folder or {', '.join(SUFFIXES)}.")
    if what != "all" and suffix in (".ics", ".json", ".svg"):
        raise click.UsageError(f"--what {what} is a paper: give a folder, a .pdf or a .txt file.")
    check_installed([suffix] if suffix in SUFFIXES else [*_NEEDED])
    ledger = read_file(file)
    warn([*ledger.faults, *ledger.notices])
    if ledger.header is None:
        sys.exit(2)
    law = load(laws)
    maker = _exporter(words(law, lang), ledger, seen_on(on), documents or file.absolute().parent)
    is_folder = suffix not in SUFFIXES or target.is_dir()
    made = list(maker.folder(what)) if is_folder else [(target.name, maker.made(what, suffix))]
    for path in written(target if is_folder else target.parent, made, make=is_folder, replace=replace):
        click.echo(path)
    warn(maker.notices)
    if ledger.faults:
        sys.exit(2)


def _exporter(reader: "Words", ledger: "Ledger", on: date, kept: Path) -> Exporter:
    from sojourn.dossier.applies import NoProcedureError
    from sojourn.law.faults import nearest
    from sojourn.words.matter import letter_language, matter

    assert ledger.header is not None
    pathway = ledger.header.pathway
    if pathway not in reader.law.pathways:
        what = f'the law has no pathway "{pathway}"'
        raise InputError([Fault("export", 0, "pathway", what, nearest(pathway, reader.law.pathways))])
    try:
        tongue = letter_language(reader, pathway, reader.language)
        letter = words(reader.law, tongue)
        return Exporter(reader, letter, matter(reader, ledger, on), matter(letter, ledger, on), kept)
    except NoProcedureError:
        what, mend = f"{pathway} has no procedure yet, so there are no papers to make", "`sojourn law list` shows them."
        raise InputError([Fault("export", 0, "procedure", what, mend)]) from None


def check_installed(suffixes: Iterable[str]) -> None:
    """Stop with what to install where files of these kinds cannot be made."""
    missing = [name for suffix in suffixes for name in _NEEDED.get(suffix, ()) if find_spec(name) is None]
    if missing:
        raise click.UsageError(f"this needs {', '.join(missing)}: pip install 'sojourn[papers]'.")


def written(folder: Path, files: list[tuple[str, bytes]], *, make: bool, replace: bool) -> Iterator[Path]:
    """Write each file whole or not at all; nothing is written where one of them stands already."""
    taken = [folder / name for name, _ in files if (folder / name).exists() or (folder / name).is_symlink()]
    if taken and not replace:
        mend = "Choose another place, or replace what is there: --replace."
        raise InputError(
            Fault(shown(p), 0, "exists", "it is there already, perhaps with your own words; nothing was written", mend)
            for p in taken
        )
    try:
        if make:
            folder.mkdir(mode=0o700, exist_ok=True)
        for name, raw in files:
            yield _placed(folder / name, raw)
    except OSError as error:
        what = f"the disk refused ({error.strerror}); this file was not written"
        raise InputError(
            [Fault(shown(folder), 0, "disk", what, "Check the folder, its permissions and free space.")]
        ) from None


def _placed(path: Path, raw: bytes) -> Path:
    fd, name = tempfile.mkstemp(dir=path.parent, prefix=".sojourn-", suffix=".part")  # readable by its owner only
    temporary = Path(name)
    try:
        with os.fdopen(fd, "wb") as out:
            out.write(raw)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return path
