"""The body of law, ready to decide with."""

from collections.abc import Sequence
from pathlib import Path

from sojourn.law.model import Law
from sojourn.law.store import cached, shipped_law


def load_law(*extra: Path, shipped: Path | None = None) -> Law:
    """Return the law that ships with Sojourn, with the folders `extra` added or overriding, later ones last.

    The compiled form is kept in the user's cache and found again by digest. Raises LawError with all faults when a
    folder is missing or the law in it cannot be read.
    """
    return cached([shipped or shipped_law(), *extra], build)


def build(folders: Sequence[Path], digest: str) -> Law:
    """Return the law of these folders, read and brought into its exact form; raises LawError."""
    from sojourn.decide.forms import forms
    from sojourn.decide.program import Compiled
    from sojourn.law.read import BodyReader

    law = BodyReader(folders, digest).read()
    law.compiled["forms"] = Compiled(law, {id: forms(law, pathway) for id, pathway in law.pathways.items()})
    return law
