"""One batch in a process, so that its time and memory are its own: `python -m bench.batch_run HOW IN OUT`."""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.clock import seconds
from bench.one_person import CARD
from bench.people import ON


def work(how: str, source: Path, out: Path) -> Callable[[], Any]:
    """Return the work of answering a file into another; what is needed for it is imported and loaded before."""
    from sojourn.decide.body import load_law

    if how in ("ours", "ours, result only"):
        from sojourn.batch import run_batch

        law = load_law()
        return lambda: run_batch(law, source, out, on=ON, pathways=[CARD], conditions=how == "ours")
    if how == "polars":
        from bench.references.polars_card import answers

        return lambda: answers(source).sink_parquet(out)
    from bench.references import openfisca

    return openfisca.batch(load_law(), source, out, by_span=how == "openfisca, by span")


def main() -> None:
    how, source, out = sys.argv[1:]
    took = seconds(work(how, Path(source), Path(out)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": took, "peak": peak}))


if __name__ == "__main__":
    main()
