"""The body of law on disk: found, read once, and kept in compiled form under its digest.

The compiled form lies in the user's own cache folder (`SOJOURN_CACHE`, else the platform's). It is named after the
digest of the law *and* of our own code, so an edited file is never missed and an older form never used. What takes
long to make is kept apart under what it depends on, so that editing one pathway does not make all of them anew.
"""

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sojourn.law.faults import Fault, LawError
from sojourn.law.kept import dump, load

if TYPE_CHECKING:
    from sojourn.law.model import Law

Made = TypeVar("Made")


def shipped_law() -> Path:
    """Return the folder of the law that ships with Sojourn: beside the sources, or inside the installed package."""
    package = Path(__file__).resolve().parents[1]
    beside = package.parents[1] / "law"
    return beside if (beside / "law.yaml").is_file() else package / "_law"


def cache_folder() -> Path | None:
    """Return the user's cache folder for compiled law, made if need be, or None where there is none to write."""
    named = os.environ.get("SOJOURN_CACHE")
    if named == "":
        return None
    base = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sojourn"
    try:
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        ours = base.stat()
    except (OSError, RuntimeError):
        return None
    if hasattr(os, "getuid") and (ours.st_uid != os.getuid() or ours.st_mode & 0o022):
        return None  # somebody else could have written there
    return base


@cache
def _code_digest() -> str:
    whole = hashlib.sha256(sys.version.encode())
    for package in ("values", "law", "decide"):
        for path in sorted((Path(__file__).resolve().parents[1] / package).glob("*.py")):
            whole.update(path.read_bytes())
    return whole.hexdigest()


def law_digest(folders: Sequence[Path]) -> str:
    """Return the digest of the law in these folders: of every name and byte that an answer can depend on."""
    whole = hashlib.sha256()
    for folder in folders:
        whole.update(b"folder\0")
        for path in law_files(folder):
            data = path.read_bytes()
            whole.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()


def law_files(folder: Path) -> list[Path]:
    """Return every YAML file below a law folder, in a fixed order."""
    found = []
    for root, folders, names in os.walk(folder):
        folders.sort()
        found += [Path(root, n) for n in sorted(names) if n.endswith(".yaml") and not n.startswith(".")]
    return sorted(found)


def cached(folders: Sequence[Path], build: "Callable[[Sequence[Path], str], Law]") -> "Law":
    """Return the compiled law of these folders: from the cache, or made by `build(folders, digest)` and kept.

    Raises LawError when a folder is missing, and whatever `build` raises.
    """
    missing = [f for f in folders if not f.is_dir()]
    if missing:
        raise LawError(
            Fault(str(f), 0, "no-law", "there is no such folder of law", "Name a folder with rule files.")
            for f in missing
        )
    digest = law_digest(folders)
    name = f"law-{_name(digest, *(str(f.resolve()) for f in folders))}"
    found = _kept(name, load)
    if found is not None and getattr(found, "digest", None) == digest:
        law: Law = found
        return law
    law = build(folders, digest)
    _keep(name, dump(law), "law-*", most=8)
    return law


def once(kind: str, key: str, make: Callable[[], Made], most: int = 500) -> Made:
    """Return `make()`, kept in the cache: `key` says everything it depends on, besides our own code."""
    name = f"{kind}-{_name(key)}"
    found: Made | None = _kept(name, pickle.loads)
    if found is None:
        found = make()
        _keep(name, pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL), f"{kind}-*", most)
    return found


def _name(*keys: str) -> str:
    return hashlib.sha256(f"{_code_digest()} {keys}".encode()).hexdigest()[:40]


def _kept(name: str, read: Callable[[bytes], Any]) -> Any:
    """Return what is kept under a name, or None.

    Unpickling is safe here: the folder is ours alone (see `cache_folder`), and the name is a digest of the input.
    """
    folder = cache_folder()
    with suppress(Exception):
        return read((folder / name).read_bytes()) if folder else None
    return None


def _keep(name: str, data: bytes, alike: str, most: int) -> None:
    """Keep data under a name, and of those alike the newest only."""
    folder = cache_folder()
    if folder is None:
        return
    with suppress(OSError):
        with tempfile.NamedTemporaryFile(dir=folder, delete=False, prefix="new-") as out:
            out.write(data)
        Path(out.name).replace(folder / name)
        for path in sorted(folder.glob(alike), key=lambda p: p.stat().st_mtime)[:-most]:
            path.unlink(missing_ok=True)
