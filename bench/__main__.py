"""What it costs: `make bench` prints one table, measured in one run on this machine."""

import sys
from collections.abc import Iterator
from pathlib import Path

from bench import api, batch, dossiers, one_person, papers, plan, process, questions, site
from bench.people import people
from bench.row import HEAD, Row
from sojourn.decide.body import load_law

ROOT = Path(__file__).resolve().parents[1]
BATCHES = (1_000_000, 10_000_000)


def rows() -> Iterator[Row]:
    law = load_law()
    everyone = people(law)
    yield from one_person.rows(law, everyone, ROOT)
    yield from process.rows(ROOT)
    yield from questions.rows(law, everyone)
    yield from papers.rows()
    yield from plan.rows(law, ROOT)
    yield from dossiers.rows(law)
    yield from site.rows(law)
    yield from api.rows(law, ROOT)
    yield from batch.rows(law, BATCHES)


def main() -> None:
    print(HEAD)
    for row in rows():
        print(row, flush=True)


if __name__ == "__main__":
    sys.exit(main())
