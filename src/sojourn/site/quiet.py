"""Log lines that hold nothing a person told us: of an error its kind and place, not its message or values."""

import logging
import traceback
from typing import Any


class Quiet(logging.Formatter):
    """Tells of an exception which sort it is and where it arose; its message might quote an answer."""

    def formatException(self, ei: Any) -> str:  # noqa: N802  the name is logging's
        """Return the frames and the kind of the exception."""
        kind, _, trace = ei
        frames = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(trace)]
        return "\n".join([*frames, f"  {kind.__name__ if kind else 'no exception'}"])
