"""The API on loopback, one worker: wrk asks the same question over eight connections for five seconds.

A rate is what was seen, so it falls when others use the machine. The time of the processor beside it hardly does: what
the site and its worker used, divided by the answers.
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psutil

from bench.one_person import CARD, DESIGNER
from bench.row import Row
from bench.visitor import served
from sojourn.law.model import Law
from sojourn.law.yaml12 import load

SECONDS = 5
POST = """
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [==[%s]==]
"""


def rows(law: Law, root: Path) -> Iterator[Row]:
    """Yield the rows; one that says so where wrk is missing."""
    if not shutil.which("wrk"):
        yield Row("the API", "not measured: wrk is missing (apt install wrk)")
        return
    profile = json.loads(json.dumps(load(root / DESIGNER), default=str))
    asked = [
        ("match", {"pathways": [CARD]}, "match of the designer for one pathway, with its reasons", 600),
        ("match", {}, f"match of the designer for all {len(law.pathways)} pathways, with their reasons", 150),
        ("plan", {"pathway": CARD, "file_on": date(2026, 12, 1).isoformat()}, "plan of the designer", 40),
    ]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), SOJOURN_NO_RATE_LIMITS="1") as address:
        for path, more, what, mark in asked:
            script = Path(folder) / "post.lua"
            script.write_text(POST % json.dumps(profile | more))
            before = _processor(address)
            command = ["wrk", "-t1", "-c8", f"-d{SECONDS}s", "-s", str(script), f"{address}/api/v1/{path}"]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            assert "Non-2xx" not in said, said
            used = (_processor(address) - before) / int(re.findall(r"(\d+) requests in", said)[0])
            rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
            ours = f"{rate:.0f} a second; {used * 1e3:.1f} ms of one processor each"
            yield Row(f"API: {what}", ours, mark=f"{mark} a second", met=rate >= mark)


def _processor(address: str) -> float:
    """Return the seconds that the process at this address and its workers have used."""
    port = int(address.rsplit(":", 1)[1])
    pids = {c.pid for c in psutil.net_connections("tcp") if c.laddr and c.laddr.port == port and c.status == "LISTEN"}
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids if pid)
