"""The whole file as one PDF: our own pages, then the person's papers, each with its bookmark.

Our own pages keep their tags. What a person scanned has none, so the whole does not claim to be PDF/UA any more.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from sojourn.papers.attachments import Attachment


@dataclass(frozen=True)
class Bound:
    """A paper and its bookmark."""

    title: str
    attachment: Attachment


def bind(front: bytes, title: str, papers: Sequence[Bound]) -> bytes:
    """Return one PDF; the same bytes for the same papers.

    front: our own pages, as `typeset.pdf` gives them. title: the bookmark of those. papers: in the order of the
    inventory.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(front)) as whole:
        starts = [(title, 0)]
        for paper in papers:
            starts.append((paper.title, len(whole.pages)))
            whole.pages.extend(paper.attachment.pages.pages)
        with whole.open_outline() as outline:
            outline.root[:] = [pikepdf.OutlineItem(name, page) for name, page in starts]
        whole.Root.PageMode = pikepdf.Name.UseOutlines
        if papers:
            with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
                about.pop("{http://www.aiim.org/pdfua/ns/id/}part", None)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True)
        return out.getvalue()
