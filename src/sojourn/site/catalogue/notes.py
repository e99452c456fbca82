"""What we now read in the law: the news fragments of kind `law`, which are written in English only."""

import re
from dataclasses import dataclass
from pathlib import Path

from sojourn.words.language import Words


@dataclass(frozen=True, slots=True)
class Note:
    """A fragment in plain words: its paragraph, and the pathways it names."""

    text: str
    pathways: frozenset[str]


def notes_folder() -> Path:
    """Return the folder of the fragments: beside the sources, or inside the installed package."""
    package = Path(__file__).resolve().parents[2]
    beside = package.parents[1] / "changes"
    return beside if beside.is_dir() else package / "_changes"


def notes(english: Words, folder: Path) -> tuple[Note, ...]:
    """Return the fragments of a folder, with the titles of pathways and sources in place of their ids.

    english: the words of English, the language of the fragments.
    """
    law = english.law
    names = {id: english.line(p, "title") for id, p in law.pathways.items()}
    names |= {id: source.title for id, source in law.sources.items()}
    if not names:
        return ()
    known = re.compile(rf"(?<![\w-])({'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?![\w-])")
    found = []
    for file in sorted(folder.glob("*.law.md")):
        text = " ".join(file.read_text(encoding="utf-8").split()).replace("**", "").replace("`", "")
        named = frozenset(known.findall(text)) & law.pathways.keys()
        found.append(Note(known.sub(lambda m: names[m[1]], text), frozenset(named)))
    return tuple(found)
