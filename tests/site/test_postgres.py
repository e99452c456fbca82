"""The same code on a real PostgreSQL with two workers: nobody's answers are lost or mixed up."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from bench.visitor import Visitor, served
from tests.site.process import postgres


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("postgres-site")
    with postgres() as url, served(folder / "data", DATABASE_URL=url, SOJOURN_WORKERS="2") as address:
        yield address


def at_once(*works: Callable[[], object]) -> None:
    """Do several things at the same time; raise what any of them raised."""
    wrong: list[BaseException] = []
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            gate.wait()
            work()
        except BaseException as error:  # noqa: BLE001  raised again below
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if wrong:
        raise wrong[0]


def told(visitor: Visitor) -> dict:
    return yaml.safe_load(visitor.get("/en/answers/keep/"))["facts"]


def test_many_visitors_at_once_keep_their_own_answers(site: str) -> None:
    countries = ["MA", "US", "IN", "CD", "TR", "BR", "JP", "CA"]
    visitors = [Visitor(site) for _ in countries]

    def answer(visitor: Visitor, country: str, age: int) -> None:
        visitor.post("/en/question/residence-country/", {"answer": country})
        visitor.post("/nl/question/age/", {"exact": age})
        visitor.get("/fr/results/")

    at_once(
        *(lambda v=v, c=c, i=i: answer(v, c, 30 + i) for i, (v, c) in enumerate(zip(visitors, countries, strict=True)))
    )
    for i, (visitor, country) in enumerate(zip(visitors, countries, strict=True)):
        assert told(visitor) == {"residence": {"country": country}, "person": {"age": 30 + i}}


def test_tabs_that_answer_at_the_same_moment_lose_nothing(site: str) -> None:
    visitor = Visitor(site)
    visitor.post("/en/question/activity-kind/", {"answer": "self-employed"})
    answers = {
        "residence-country": {"answer": "MA"},
        "age": {"exact": "41"},
        "activity-region": {"answer": "VLG"},
        "regulated": {"answer": "false"},
        "housing": {"answer": "true"},
        "insurance": {"answer": "true"},
        "means": {"exact": "2600"},
        "savings": {"exact": "10000"},
    }
    pages = {id: visitor.get(f"/en/question/{id}/") for id in answers}
    at_once(*(lambda i=i, f=f: visitor.post(f"/en/question/{i}/", f, pages[i]) for i, f in answers.items()))
    facts = told(visitor)
    assert sum(len(inner) for inner in facts.values()) == len(answers) + 1, facts


def test_forget_me_on_one_worker_is_forgotten_by_the_other(site: str) -> None:
    visitor = Visitor(site)
    visitor.post("/en/question/residence-country/", {"answer": "MA"})
    visitor.post("/en/answers/forget/", {}, visitor.get("/en/answers/"))
    for _ in range(6):
        assert "Morocco" not in visitor.get("/en/answers/")
