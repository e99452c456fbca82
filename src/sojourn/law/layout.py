"""Which files a folder of law may hold, by name and place: a file that nothing reads is a fault, not silence."""

import difflib
from collections.abc import Iterator
from pathlib import Path

from sojourn.law.faults import Fault, nearest, shown

ROOT = frozenset({"law.yaml", "legalisation.yaml"})
"""Read in the folder of the law itself."""
ANYWHERE = frozenset({
    "definitions.yaml", "facts.yaml", "household.yaml", "questions.yaml", "sources.yaml", "time-limits.cases.yaml",
    "time-limits.yaml",
})  # fmt: skip
PATHWAY = frozenset({"cases.yaml", "page.yaml", "procedure.cases.yaml", "procedure.yaml", "rule.yaml"})
"""Read beside a `rule.yaml`, itself included."""
FOLDERS = frozenset({"amounts", "texts"})
"""Folders of which every YAML file is read, each named after what it holds."""


def strays(folder: Path, languages: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a fault for each YAML file of a law folder that nothing reads, and one where there is none at all."""
    files = sorted(
        p
        for p in folder.rglob("*")
        if p.suffix in (".yaml", ".yml") and not any(x.startswith(".") for x in p.relative_to(folder).parts)
    )
    if not files:
        yield Fault(
            shown(folder), 0, "no-law", "there is no YAML file in this folder", "Name a folder with rule files."
        )
    for path in files:
        mend = _mend(path, folder, languages)
        if mend is not None:
            yield Fault(shown(path), 0, "stray-file", "nothing reads this file", mend)


def _mend(path: Path, folder: Path, languages: tuple[str, ...]) -> str | None:
    """Return how to mend a stray file, or None where the file is read."""
    if path.suffix == ".yml":
        return f"Call it {path.stem}.yaml."
    if path.parent.name == "texts":
        return None if path.stem in languages else f"Texts are named after a language: {', '.join(languages)}."
    if path.parent.name == "amounts" or path.name in ANYWHERE:
        return None
    if path.name in ROOT:
        return None if path.parent == folder else "Move it into the folder of the law itself."
    if path.name in PATHWAY:
        return None if path.with_name("rule.yaml").exists() else "Put it beside a rule.yaml."
    folder_meant = difflib.get_close_matches(path.parent.name, FOLDERS, n=1)
    if path.parent != folder and folder_meant:
        return f"Call its folder {folder_meant[0]}."
    return nearest(path.name, ROOT | ANYWHERE | PATHWAY)
