"""What a wheel carries besides the code: the law, and the translations in compiled form.

An editable install gets neither: there the code reads `law/` and `locale/` of the repository itself, so that
an edit counts at once.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_translations(locale: Path) -> list[Path]:
    """Write the .mo beside each .po under `locale`, without fuzzy entries, and return the .mo files."""
    compiled = []
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parts[-3], abort_invalid=True)
        mo = po.with_suffix(".mo")
        with mo.open("wb") as target:
            write_mo(target, catalog)
        compiled.append(mo)
    return compiled


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Add `law/`, the notes on it and the compiled `locale/` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the wheel's list of extra files; `version` is hatchling's word for the kind of wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        law = root / "law"
        if not law.is_dir():
            raise FileNotFoundError(f"{law} is missing: a wheel without the law answers nothing")
        extra = build_data["force_include"]
        extra[str(law)] = "sojourn/_law"
        for note in sorted((root / "changes").glob("*.law.md")):
            extra[str(note)] = f"sojourn/_changes/{note.name}"
        for mo in compile_translations(root / "locale"):
            extra[str(mo)] = f"sojourn/_locale/{mo.relative_to(root / 'locale').as_posix()}"


if __name__ == "__main__":
    compile_translations(Path(__file__).parent / "locale")
