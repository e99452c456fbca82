"""Temporary command line; see cli/ soon."""

import sys
from pathlib import Path


def main() -> None:
    from sojourn.decide.law_check import check

    extra = [Path(sys.argv[i + 1]) for i, a in enumerate(sys.argv) if a == "--law"]
    law, faults = check(*extra)
    for f in faults:
        print(f)
    print(f"{len(faults)} faults")
    sys.exit(2 if faults else 0)
