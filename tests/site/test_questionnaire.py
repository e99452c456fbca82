"""The questionnaire: one question a page, answers in the session, what is wrong said in the person's language."""

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from sojourn.decide.assess import assess
from sojourn.decide.next_question import Asked
from sojourn.decide.profile import parse_profile, read_value
from sojourn.decide.report import match_json
from sojourn.law.model import Law
from sojourn.site import sessions
from sojourn.site.asking import bands
from sojourn.site.body import the_law
from sojourn.values.known import Exact
from sojourn.words.language import LANGUAGES, Words
from tests.site.person import answer_all, asked_id, facts_of_example, post, sure, text_of

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def law() -> Law:
    return the_law()


def set_day(client: Client, on: date) -> None:
    done = post(client, "/en/results/day/", {"on-day": on.day, "on-month": on.month, "on-year": on.year})
    assert done.status_code == 302, text_of(done)


def kept(client: Client, law: Law):
    return parse_profile(law, client.get("/en/answers/keep/").content)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_person_gets_the_results_of_the_command_line(client: Client, law: Law, example: Path) -> None:
    on, facts = facts_of_example(law, example)
    facts = sure(law, facts)
    set_day(client, on)
    asked = answer_all(client, law, "nl", facts)
    assert len(set(asked)) == len(asked), "no question is asked twice"
    mine = kept(client, law)
    assert mine.on == on
    through_the_site = assess(law, mine.facts, on)
    assert {f.pathway.id: f.result for f in through_the_site} == {
        f.pathway.id: f.result for f in assess(law, facts, on)
    }
    page = text_of(client.get("/nl/results/"))
    w = Words(law, "nl")
    assert all(w.line(f.pathway, "title") in page for f in through_the_site)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.stem)
def test_a_profile_taken_up_and_kept_gives_identical_findings(client: Client, law: Law, example: Path) -> None:
    with example.open("rb") as file:
        done = client.post("/fr/answers/resume/", {"profile": file})
    assert done.headers["Location"] == "/fr/results/"
    on, facts = facts_of_example(law, example)
    mine = kept(client, law)
    given = match_json(law, assess(law, facts, on), facts, on)
    assert match_json(law, assess(law, mine.facts, on), mine.facts, on) == given


def test_answers_are_in_no_address(client: Client, law: Law) -> None:
    where = post(client, "/en/start/").headers["Location"]
    for _ in range(6):
        assert re.fullmatch(r"/en/question/[a-z-]+/", where), where
        page = client.get(where)
        assert 'method="post"' in page.text
        assert page.headers["Cache-Control"] == "no-store, private"
        where = post(client, where, {"say": "unknown"}).headers["Location"]


def test_one_may_go_back_and_change_an_answer(client: Client, law: Law) -> None:
    first = post(client, "/en/start/").headers["Location"]
    post(client, "/en/question/residence-country/", {"answer": "MA"})
    page = client.get("/en/answers/")
    assert "Morocco" in text_of(page)
    assert 'href="/en/question/residence-country/"' in page.text
    again = client.get("/en/question/residence-country/")
    assert '<option value="MA" selected>' in again.text
    post(client, "/en/question/residence-country/", {"answer": "US"})
    assert kept(client, law).facts["residence.country"].value == "US"
    assert asked_id(first)


@pytest.mark.parametrize("say", ["unknown", "declined"])
def test_not_knowing_is_an_answer(client: Client, law: Law, say: str) -> None:
    post(client, "/en/question/activity-kind/", {"say": say})
    data = yaml.safe_load(client.get("/en/answers/keep/").content)
    assert data["facts"]["activity"]["kind"] == say
    page = text_of(client.get("/en/question/activity-kind/"))
    assert "You said:" in page


def test_one_nationality_after_another(client: Client, law: Law) -> None:
    more = post(client, "/nl/question/nationalities/", {"answer": ["MA", "FR"], "say": "more"})
    assert more.status_code == 200
    assert more.text.count("<select") == 3
    assert '<option value="MA" selected>' in more.text
    post(client, "/nl/question/nationalities/", {"answer": ["MA", "FR", ""]})
    assert kept(client, law).facts["person.nationalities"].value == {"MA", "FR"}


def test_a_band_is_enough_and_the_amount_itself_is_welcome(client: Client, law: Law) -> None:
    page = client.get("/en/question/start-up-capital/")
    bands = re.findall(r'name="answer" value="([^"]+)"', page.text)
    assert len(bands) == 3, "the amounts of the day cut what one may have into bands"
    post(client, "/en/question/start-up-capital/", {"answer": bands[1]})
    known = kept(client, law).facts["activity.start_up_capital"]
    assert (known.least, known.most) == (1_860_000, 2_283_799)
    again = client.get("/en/question/start-up-capital/").text
    assert f'value="{bands[1]}" checked' in again
    post(client, "/en/question/start-up-capital/", {"exact": "€ 2.600,50"})
    assert kept(client, law).facts["activity.start_up_capital"].value == 260_050
    assert 'value="2,600.50"' in client.get("/en/question/start-up-capital/").text
    wrong = post(client, "/en/question/start-up-capital/", {"answer": bands[0], "exact": "99999"})
    assert wrong.status_code == 422
    assert "does not fit the line you chose" in wrong.text
    assert kept(client, law).facts["activity.start_up_capital"].value == 260_050


@pytest.mark.parametrize(
    ("id", "cuts", "texts"),
    [
        ("activity.investment", [1], ["at most €0.00", "more than €0.00"]),
        (
            "means.savings",
            [100_000, 250_000],
            ["less than €1,000.00", "€1,000.00 or more, less than €2,500.00", "€2,500.00 or more"],
        ),
        ("activity.jobs_created", [1], ["0 jobs", "1 or more"]),
        ("activity.stay_days", [91, 181], ["from 0 to 90 days", "from 91 to 180 days", "181 days or more"]),
        ("record.extract_issued", [739942], ["before 22 November 2026", "on 22 November 2026 or later"]),
    ],
)
def test_bands_read_well(law: Law, id: str, cuts: list[int], texts: list[str]) -> None:
    fact = law.facts[id]
    question = next(q for q in law.questions if q.sets == (id,))
    found = bands(Words(law, "en"), fact, Asked(question, (id,), (), 1, {id: tuple(cuts)}))
    assert [text for _, text in found] == texts
    for (value, _), least, most in zip(found, [None, *cuts], [*cuts, None], strict=True):
        known = read_value(law, fact, value)
        assert (known.value if isinstance(known, Exact) else known.least) in (least, 0)
        assert most is None or (known.value if isinstance(known, Exact) else known.most) == most - 1


BAD = [
    ("activity-kind", {}),
    ("activity-kind", {"answer": "nonsense"}),
    ("activity-kind", {"answer": "<script>alert(1)</script>"}),
    ("activity-kind", {"answer": "'; DROP TABLE django_session; --"}),
    ("ground", {}),
    ("ground", {"answer": ["work", "none-of-these"]}),
    ("ground", {"answer": ["work", "🦄"]}),
    ("special-situations", {"answer": ["person.age:3"]}),
    ("special-situations", {"answer": ["person.family_ties:nobody"]}),
    ("residence-country", {"answer": ""}),
    ("residence-country", {"answer": "Morocco\u202e"}),
    ("nationalities", {"answer": ["", ""]}),
    ("means", {}),
    ("means", {"exact": "a lot"}),
    ("means", {"exact": "-5"}),
    ("means", {"exact": "2600 USD"}),
    ("means", {"exact": "1..2 EUR"}),
    ("means", {"exact": "9" * 5000}),
    ("means", {"answer": "x..y"}),
    ("age", {"exact": "300"}),
    ("age", {"exact": "3.5"}),
    ("document-validity", {"exact-day": "31", "exact-month": "2", "exact-year": "2027"}),
    ("document-validity", {"exact-day": "1", "exact-month": "", "exact-year": "2027"}),
    ("document-validity", {"exact-day": "١", "exact-month": "x", "exact-year": "2027"}),
    ("document-validity", {"exact-day": "1", "exact-month": "1", "exact-year": "0001"}),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("id", "fields"), BAD)
def test_a_bad_answer_is_told_and_nothing_is_lost(client: Client, law: Law, language: str, id: str, fields) -> None:
    post(client, f"/{language}/question/activity-region/", {"answer": "VLG"})
    page = post(client, f"/{language}/question/{id}/", fields)
    assert page.status_code == 422
    assert 'class="error-summary"' in page.text
    assert "<script>alert" not in page.text
    (target,) = re.findall(r'error-summary.*?<a href="#([\w-]+)"', page.text, re.DOTALL)
    assert f'id="{target}"' in page.text, "the summary leads to the field"
    assert re.search(r"<title>\s*(Error:|Fout:|Erreur :|Fehler:)", page.text)
    assert set(kept(client, law).facts) == {"activity.region"}


def test_whatever_is_sent_the_server_stays_up(law: Law, settings_without_rates: None) -> None:
    rng = random.Random(20261128)
    scraps = [
        "",
        "MA",
        "true",
        "unknown",
        "none-of-these",
        "1",
        "-1",
        "2..1 EUR",
        "9" * 400,
        "\x00",
        "\u202eAM",
        "🦄",
        "د",
        "' OR 1=1",
    ]
    names = ["answer", "exact", "exact-day", "exact-month", "exact-year", "say", "told", "ask[]", "answer.x"]
    client = Client()
    for _ in range(300):
        q = rng.choice(law.questions)
        pool = [*scraps, *(v for f in q.sets for v in law.facts[f].values), *(f"{f}:x" for f in q.sets)]
        fields = {
            rng.choice(names): rng.choices(pool, k=rng.choice([1, 1, 2, 40])) for _ in range(rng.choice([0, 1, 3]))
        }
        done = post(client, f"/{rng.choice(LANGUAGES)}/question/{q.id}/", fields)
        assert done.status_code in (200, 302, 422), (q.id, fields)
    assert client.get("/en/results/").status_code == 200
    assert parse_profile(law, client.get("/en/answers/keep/").content)


def test_digits_of_other_scripts_are_read(client: Client, law: Law) -> None:
    post(client, "/en/question/means/", {"exact": "٢٦٠٠"})
    assert kept(client, law).facts["means.monthly_net"].value == 260_000


def test_a_contradiction_names_both_answers(client: Client, law: Law) -> None:
    post(client, "/nl/question/activity-kind/", {"answer": "none"})
    page = post(client, "/nl/question/employment-contract/", {"answer": "true"})
    assert page.status_code == 422
    w = Words(law, "nl")
    assert w.texts["contradictions"]["no-work-yet-a-contract"] in text_of(page)
    assert w.fact("activity.kind") in text_of(page)
    assert 'href="/nl/question/activity-kind/"' in page.text, "the other answer can be changed from here"
    assert set(kept(client, law).facts) == {"activity.kind"}
    post(client, "/nl/question/activity-kind/", {"answer": "employed"})
    assert post(client, "/nl/question/employment-contract/", {"answer": "true"}).status_code == 302


def test_sending_twice_changes_nothing(client: Client, law: Law) -> None:
    first = post(client, "/en/question/activity-kind/", {"answer": "none"})
    second = post(client, "/en/question/activity-kind/", {"answer": "none"})
    assert first.headers["Location"] == second.headers["Location"]
    assert yaml.safe_load(client.get("/en/answers/keep/").content)["facts"] == {"activity": {"kind": "none"}}


def test_two_tabs_answer_into_the_same_session(client: Client, law: Law) -> None:
    post(client, "/en/question/activity-kind/", {"answer": "none"})
    other = Client()
    other.cookies = client.cookies
    post(other, "/en/question/residence-country/", {"answer": "MA"})
    post(client, "/en/question/age/", {"exact": "67"})
    assert set(kept(client, law).facts) == {"activity.kind", "residence.country", "person.age"}


def test_two_visitors_never_see_each_other(law: Law) -> None:
    one, other = Client(), Client()
    post(one, "/en/question/residence-country/", {"answer": "MA"})
    post(other, "/en/question/residence-country/", {"answer": "US"})
    assert "Morocco" in text_of(one.get("/en/answers/"))
    assert "Morocco" not in text_of(other.get("/en/answers/"))


@pytest.mark.parametrize("cookie", ["", "x", "a" * 32, "'; --", "\u00e9" * 32, "9" * 5000])
def test_a_tampered_session_is_a_new_one(client: Client, law: Law, cookie: str) -> None:
    post(client, "/en/question/residence-country/", {"answer": "MA"})
    client.cookies["session"] = cookie
    assert client.get("/en/answers/").status_code == 200
    assert "Morocco" not in text_of(client.get("/en/answers/"))
    assert post(client, "/en/question/residence-country/", {"answer": "US"}).status_code == 302


def test_an_expired_session_says_so_and_keeps_the_new_answer(client: Client, law: Law) -> None:
    post(client, "/nl/question/residence-country/", {"answer": "MA"})
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))
    done = post(client, "/nl/question/activity-kind/", {"answer": "none", "told": "1"})
    page = text_of(client.get(done.headers["Location"]))
    assert "Uw eerdere antwoorden zijn weg" in page
    assert "Uw eerdere antwoorden zijn weg" not in text_of(client.get(done.headers["Location"])), "said once"
    assert set(kept(client, law).facts) == {"activity.kind"}


def test_expired_sessions_are_purged(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    post(client, "/nl/question/residence-country/", {"answer": "MA"})
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))
    monkeypatch.setattr(sessions, "_purged", sessions._purged - 2 * sessions.PURGE_EVERY)
    post(Client(), "/nl/question/residence-country/", {"answer": "US"})
    assert Session.objects.count() == 1


def test_forget_me_erases(client: Client, law: Law) -> None:
    post(client, "/de/question/residence-country/", {"answer": "MA"})
    before = Session.objects.count()
    done = post(client, "/de/answers/forget/")
    assert "Ihre Antworten sind gelöscht" in text_of(client.get(done.headers["Location"]))
    assert Session.objects.count() == before - 1
    assert not kept(client, law).facts


def test_forms_carry_a_mark_against_forgery(law: Law) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = post(strict, "/fr/question/residence-country/", {"answer": "MA"})
    assert page.status_code == 403
    assert "Veuillez renvoyer le formulaire" in page.text
    form = strict.get("/fr/question/residence-country/").text
    (mark,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    fields = {"answer": "MA", "csrfmiddlewaretoken": mark}
    assert post(strict, "/fr/question/residence-country/", fields).status_code == 302


def test_cookies_are_closed_to_scripts(client: Client) -> None:
    client.get("/en/question/residence-country/")
    post(client, "/en/question/residence-country/", {"answer": "MA"})
    for name in ("session", "form", "language"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_no_answer_reaches_a_log(
    client: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture
) -> None:
    with caplog.at_level(0):
        post(client, "/en/question/means/", {"exact": "31337.17"})
        post(client, "/en/question/means/", {"exact": "31337.17x"})
        client.get("/en/results/")
        client.get("/en/question/none-such-31337/")
    written = caplog.text + "".join(capfd.readouterr())
    assert "31337.17" not in written


def test_aimed_at_one_pathway(client: Client, law: Law) -> None:
    page = client.get("/nl/start/be-own-means/")
    assert "Kan ik deze krijgen?" in text_of(page)
    where = post(client, "/nl/start/be-own-means/").headers["Location"]
    w = Words(law, "nl")
    title = w.line(law.pathways["be-own-means"], "title")
    assert title in text_of(client.get(where))
    assert client.get("/nl/start/no-such/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_can_be_shown_in_every_language(client: Client, law: Law, language: str) -> None:
    w = Words(law, language)
    for q in law.questions:
        page = client.get(f"/{language}/question/{q.id}/")
        assert page.status_code == 200, q.id
        said = text_of(page)
        assert " ".join(w.question(q.id, "ask", q.ask).split()) in said
        assert " ".join(w.question(q.id, "why", q.why).split()) in said
