"""`sojourn match` as a whole process, its law cached, beside a process that builds the OpenFisca country template."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.clock import best_in_turn
from bench.one_person import DESIGNER
from bench.row import Row

TEMPLATE = "from openfisca_country_template import CountryTaxBenefitSystem; CountryTaxBenefitSystem()"


def rows(root: Path) -> Iterator[Row]:
    match = [str(Path(sys.executable).with_name("sojourn")), "match", str(root / DESIGNER)]
    template = [sys.executable, "-c", TEMPLATE]
    # as installed: Python finds its modules compiled, whatever the shell of `make bench` says
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = [
        lambda command=command: subprocess.run(command, capture_output=True, check=True, env=environment)
        for command in (match, template)
    ]
    for work in run:
        work()  # the first run of each writes caches
    ours, reference = best_in_turn(run)
    yield Row(
        "`sojourn match` as a process, law cached",
        f"{ours * 1e3:.0f} ms",
        f"{reference * 1e3:.0f} ms, importing and building the OpenFisca country template",
        f"{ours / reference:.2f} of its time",
        "half its time, under 300 ms",
        ours <= reference / 2 and ours < 0.3,
    )
