"""The site on loopback, one worker: wrk asks for one kind of page after another, each beside an empty page.

The empty page is the one that says that the answers are erased: one paragraph on the same base template. The pages of
a person are asked for with the session of somebody who gave three answers. Findings are kept for the latest answers
(`site/assessed.py`); so results are measured twice: of one person again and again, and of more people than are kept.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.row import Row
from bench.visitor import Visitor, served
from sojourn.law.model import Law

SECONDS = 5
STRANGERS = 240
"""More people than the site keeps findings of, so that in turn each of them is computed anew."""
PATHWAY = "be-vlg-professional-card"
ANSWERS = [("activity-kind", "self-employed"), ("nationalities", "MA"), ("activity-region", "VLG")]
TURNS = """
local sessions = {%s}
local turn = 0
request = function()
  turn = turn %% #sessions + 1
  return wrk.format("GET", nil, {["Cookie"] = "language=en; session=" .. sessions[turn]})
end
"""


@dataclass(frozen=True)
class Load:
    """What wrk saw: pages a second, and the milliseconds within which 99 of 100 came."""

    rate: float
    p99: float


def wrk(address: str, *more: str) -> Load:
    """Ask for a page as fast as eight connections can; every answer must be good."""
    command = ["wrk", "-t1", "-c8", f"-d{SECONDS}s", "--latency", *more, address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    number, unit = re.findall(r"99%\s+([\d.]+)(us|ms|s)", said)[0]
    factor = {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]
    return Load(float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0]), float(number) * factor)


def somebody(address: str, savings: int) -> Visitor:
    """Return a visitor who gave a few answers."""
    visitor = Visitor(address)
    for id, answer in ANSWERS:
        visitor.post(f"/en/question/{id}/", {"answer": answer})
    visitor.post("/en/question/savings/", {"exact": str(savings)})
    return visitor


def session_of(visitor: Visitor) -> str:
    """Return the number of a visitor's session."""
    return next(str(c.value) for c in visitor.cookies if c.name == "session")


def rows(law: Law) -> Iterator[Row]:
    """Yield the rows; one that says so where wrk is missing."""
    if not shutil.which("wrk"):
        yield Row("the pages of the site", "not measured: wrk is missing (apt install wrk)")
        return
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), SOJOURN_NO_RATE_LIMITS="1") as address:
        me = somebody(address, 20_000)
        mine = ["-H", f"Cookie: language=en; session={session_of(me)}"]
        with me.browser.open(f"{address}/en/question/") as answer:
            asked = answer.geturl()  # the next question of that person
        turns = Path(folder) / "turns.lua"
        strangers = [session_of(somebody(address, i)) for i in range(STRANGERS)]
        turns.write_text(TURNS % ", ".join(f'"{s}"' for s in strangers))
        empty = wrk(f"{address}/en/answers/forgotten/")
        of = f"{len(law.pathways)} pathways"
        yield Row("a page of the site with one paragraph", f"{empty.rate:.0f} a second, p99 {empty.p99:.0f} ms")
        question = wrk(asked, *mine)
        good = question.rate >= 300 and question.p99 < 60
        yield _row(f"a question page, {of}", question, empty, "300 a second, p99 under 60 ms", good=good)
        results = wrk(f"{address}/en/results/", *mine)
        what = f"the results page, {of}, the same answers again"
        yield _row(what, results, empty, "150 a second", good=results.rate >= 150)
        anew = wrk(f"{address}/en/results/", "-s", str(turns))
        yield _row(f"the results page, {of}, other answers each time", anew, empty, "", good=None)
        pathway = wrk(f"{address}/en/pathways/{PATHWAY}/")
        yield _row("the page of a pathway", pathway, empty, "800 a second", good=pathway.rate >= 800)
        worker = max(p.memory_info().rss for p in psutil.Process().children(recursive=True)) / 1e6
        yield Row(
            "memory of a worker of the site after that", f"{worker:.0f} MB", mark="under 250 MB", met=worker < 250
        )


def _row(what: str, seen: Load, empty: Load, mark: str, *, good: bool | None) -> Row:
    ours = f"{seen.rate:.0f} a second, p99 {seen.p99:.0f} ms"
    reference = f"{empty.rate:.0f} a second, a page with one paragraph on the same base"
    return Row(what, ours, reference, f"{seen.rate / empty.rate:.2f} of its rate", mark, good)
