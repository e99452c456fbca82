"""Expected explanations: what an applicant reads in a few telling cases, kept beside the law.

`make golden` writes them anew; read the diff as an applicant would.
"""

from pathlib import Path

from sojourn.cli.render import Page, match_text
from sojourn.decide.body import load_law
from sojourn.decide.cases import finding_of
from sojourn.law.model import Case, Law, Pathway
from sojourn.words.language import Words

LANGUAGES = ("en", "nl", "fr", "de")


def telling(pathway: Pathway) -> list[Case]:
    """Return the first case of each result."""
    first: dict[str, Case] = {}
    for case in pathway.cases:
        first.setdefault(case.expect.get("result", ""), case)
    return list(first.values())


def texts(law: Law) -> dict[Path, str]:
    """Return the text of each expected file."""
    root = Path(law.folders[0])
    out = {}
    for pathway in law.pathways.values():
        folder = next(p.parent for p in root.rglob("rule.yaml") if f"pathway: {pathway.id}\n" in p.read_text())
        for case in telling(pathway):
            for language in LANGUAGES:
                finding = finding_of(law, pathway, case)
                text = match_text(Words(law, language), [finding], case.on, Page(88, colour=False))
                text = text.replace(law.digest[:12], "<digest>")
                name = f"{case.expect.get('result', 'any')}.{language}.txt"
                out[folder / "expected" / name] = f"# {case.name}\n\n{text}"
    return out


if __name__ == "__main__":
    for path, text in texts(load_law()).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
