"""What the procedures of the shipped law come to: for the examples, on every day, and whatever is not known yet."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sojourn.decide.body import load_law
from sojourn.decide.day import Day
from sojourn.decide.profile import profile_from, read_profile
from sojourn.dossier.applies import Answer, NoProcedureError, applies
from sojourn.dossier.course import course
from sojourn.dossier.evidence import evidence, oldest_issue
from sojourn.dossier.fees import fees, payment_message
from sojourn.dossier.filing import filing
from sojourn.dossier.legalisation import Seal, sealing
from sojourn.dossier.procedure_cases import differences
from sojourn.values.period import add_months
from sojourn.values.verdict import Result

LAW = load_law()
EXAMPLES = Path(__file__).parents[2] / "examples"
CARD, MEANS = "be-vlg-professional-card", "be-own-means"
CASES = [(p.id, c) for p in LAW.pathways.values() if p.procedure for c in p.procedure.cases]


def facts_of(example):
    return read_profile(LAW, EXAMPLES / f"{example}.yaml").facts


@pytest.mark.parametrize(("pathway", "case"), CASES, ids=[c.name for _, c in CASES])
def test_a_worked_case_holds(pathway, case):
    assert [str(f) for f in differences(LAW, pathway, case)] == []


@pytest.mark.parametrize(
    ("expect", "word"),
    [
        ({"papers": {"card.passport": {"oldest": date(2026, 1, 1)}}}, "expects 2026-01-01"),
        ({"papers": {"card.visa": {}}}, "not asked for"),
        ({"papers": {"card.diploma": {"translation": "none"}}}, "sworn"),
        ({"papers": {"card.criminal-record-extract": {"seals": {"BE": "apostille"}}}}, "seals"),
        ({"no_papers": ["card.passport"]}, "asked for"),
        ({"fees": {"card-application": "125.00 EUR"}}, "140.00 EUR"),
        ({"fees": {"visa-handling": "180.00 EUR"}}, "not due"),
        ({"no_fees": ["card-application"]}, "due"),
        ({"total": {"years": 3, "stages": ["card"], "is": "400.00 EUR"}}, "410.00 EUR"),
        ({"stages": ["card", "registration"]}, "registration"),
        ({"places": {"card": "post"}}, "online"),
        ({"warnings": ["post-in-tokyo"]}, "not given"),
        ({"no_warnings": ["online-only"]}, "given"),
        ({"obstacles": ["plan"]}, "plan"),
    ],
)
def test_a_wrong_case_is_found(expect, word):
    right = next(c for _, c in CASES if c.name.startswith("Designer"))
    (fault,) = differences(LAW, CARD, replace(right, expect=expect))
    assert fault.kind == "case-contradicts-rule"
    assert word in fault.what
    assert fault.mend


def test_a_case_with_a_wrong_fact_is_found():
    right = next(c for _, c in CASES if c.name.startswith("Designer"))
    (fault,) = differences(LAW, CARD, replace(right, facts={"person.agee": 30}))
    assert (fault.kind, "agee" in fault.what) == ("bad-case", True)


# --- the two examples ----------------------------------------------------------------------------------------------


def test_what_the_designer_gathers():
    matrix = evidence(LAW, CARD, facts_of("ghent-designer"), date(2026, 12, 1))
    card = [[p.document.id for p in r.papers] for r in matrix.requirements if r.stage == "card"]
    assert card == [
        ["passport"],
        ["residence-document"],
        ["diploma"],
        ["curriculum-vitae"],
        ["payslips", "bank-statements"],
        ["bank-statement"],
        ["business-plan"],
        ["contracts-and-clients"],
        ["jobs-and-investment-proof", "market-need"],
        ["criminal-record-extract"],
        ["payment-proof"],
        ["mandate"],
        ["application-form"],
    ]
    extract = matrix.paper("card", "criminal-record-extract")
    assert (extract.oldest, extract.translation) == (date(2026, 6, 1), "sworn")
    assert [s.seal for s in extract.sealing] == [Seal.NONE], "a Belgian extract needs no seal in Belgium"
    proved = matrix.by_condition()
    assert {"criminal-record", "qualification", "start-up-capital", "plan", "sufficient-means"} <= proved.keys()
    assert "cultural-affinity" not in proved, "her heading is economic"
    assert "sufficient-means-before-2025-08" not in proved, "no longer in force"


def test_what_the_designer_pays():
    found = fees(LAW, CARD, facts_of("ghent-designer"), date(2026, 12, 1))
    application, delivery = found.fee("card-application"), found.fee("card-delivery")
    assert (application.worth.low, application.pay_by) == (14000, date(2026, 12, 1))
    assert application.fee.account is not None
    assert application.fee.account.iban == "BE35375111099637"
    assert application.fee.account.beneficiary == "", "no source names it"
    message = payment_message(application.fee.account, "El Amrani", "Fatima", "MA", date(1990, 3, 12))
    assert message == "BK-FatimaEl Amrani-12/03/1990"
    assert delivery.times(3) == (27000, 27000)
    assert delivery.pay_by is None, "after the grant"
    assert found.years == 3
    assert found.total(3, frozenset({"card"})) == (41000, 41000)
    assert found.fee("stay-contribution").pay_by is None, "filed later, on a day of its own"
    assert "commune-card" in found.unknown


def test_where_the_designer_files():
    found = filing(LAW, CARD, facts_of("ghent-designer"), date(2026, 12, 1))
    best = found.best("card")
    assert best is not None
    assert (best.place.where, best.place.form, best.result) == ("WSE-loket", "online", Result.OPEN)
    assert best.channel is not None
    assert best.channel.entry.id == "online", "the line of the rule that says why"
    assert found.obstacles == ()


def test_the_pensioner():
    facts, on = facts_of("boston-pensioner"), date(2026, 12, 1)
    matrix = evidence(LAW, MEANS, facts, on)
    extract = matrix.paper("visa-d", "criminal-record-extract")
    assert [(s.country, s.seal) for s in extract.sealing] == [("US", Seal.APOSTILLE)]
    assert extract.oldest == matrix.paper("visa-d", "medical-certificate").oldest == date(2026, 6, 1)
    found = fees(LAW, MEANS, facts, on)
    account = found.fee("visa-contribution").fee.account
    assert account is not None
    assert account.beneficiary == "FOD Binnenlandse Zaken, Dienst Vreemdelingenzaken"
    assert payment_message(account, "Smith", "Ann Mary", "US", date(1959, 2, 1)) == "Smith Ann Mary US 01021959"
    handling = found.fee("visa-handling")
    assert (handling.worth.low, handling.worth.high) == (18000, 25000)
    assert handling.fee.key == "fees.visa-handling@2026-07-01", "the text that says 180 or 250"
    best = filing(LAW, MEANS, facts, on).best("visa-d")
    assert best is not None
    assert best.place.id == "post"


def started_by(found, event, stage):
    """Return the clocks that an event of this kind starts in a stage."""
    return [c for c, _ in found.clocks if c.stage == stage and event in c.starts]


def remedies(found, event, stage):
    """Return the appeals against a decision of this kind in a stage, the nearest first."""
    return [a for a, _ in found.appeals if a.stage == stage and event in a.against]


def test_the_course_of_the_card():
    found = course(LAW, CARD, facts_of("ghent-designer"), date(2026, 12, 1))
    (completion,) = started_by(found, "found-incomplete", "card")
    assert (completion.limit, completion.notice, completion.on_silence) == (
        "vlg-card-completion",
        "e-mail",
        "inadmissible",
    )
    (decision,) = started_by(found, "admissible", "card")
    assert (decision.limit, decision.on_silence, decision.cite.grade) == ("vlg-card-decision", "granted", "secondary")
    (minister,) = remedies(found, "refused", "card")
    assert (minister.limit, minister.on_pain_of) == ("vlg-card-appeal-to-minister", "nullity")
    assert minister.form == ("reasoned", "signed", "registered-letter")
    assert minister.next == "council-of-state"
    (council,) = remedies(found, "appeal-decided", "card")
    assert council.limit == "council-of-state-annulment"
    follows = {a.id: a.limit for a, _ in found.after}
    assert follows["renewal"] == "vlg-card-renewal-window"
    assert follows["a-card-renewal"] == "a-card-renewal-window"
    assert "visa-remark" not in follows, "she needs no visa"


def test_the_appeal_before_2022_was_another_one():
    found = course(LAW, CARD, facts_of("ghent-designer"), date(2021, 6, 1))
    (minister,) = remedies(found, "refused", "card")
    assert (minister.on_pain_of, minister.cite.source) == ("", "werk-appeal-old")


def test_no_clock_binds_the_immigration_office():
    found = course(LAW, MEANS, facts_of("boston-pensioner"), date(2026, 12, 1))
    (decision,) = started_by(found, "filed", "visa-d")
    assert (decision.limit, decision.on_silence) == ("", "nothing")
    assert [a.limit for a in remedies(found, "refused", "visa-d")] == ["d-call-annulment"]


def test_an_amount_that_no_source_gives_is_unknown_with_the_last_known_one():
    due = fees(LAW, MEANS, facts_of("boston-pensioner"), date(2027, 2, 1)).fee("visa-contribution")
    assert due.worth.low is None
    assert due.times(1) is None
    assert due.unknown == "not published on the day the law was read"
    assert due.last_known is not None
    assert (due.last_known.low, due.last_known.first) == (24200, date(2026, 1, 1))


def test_an_exemption_known_second_hand_only_leans():
    facts = facts_of("boston-pensioner") | profile_from(LAW, {"residence.ground": ["family-of-citizen"]}).facts
    due = fees(LAW, MEANS, facts, date(2026, 12, 1)).fee("visa-contribution")
    assert [(e.id, a.answer) for e, a in due.exempt] == [("citizens-of-the-union-and-family", Answer.YES)]
    assert due.status is Answer.UNKNOWN, "only a town says so"


def test_unknown_pathways(monkeypatch):
    with pytest.raises(KeyError):
        evidence(LAW, "be-golden-visa", {}, date(2026, 12, 1))
    monkeypatch.setitem(LAW.pathways, MEANS, replace(LAW.pathways[MEANS], procedure=None))
    with pytest.raises(NoProcedureError):
        fees(LAW, MEANS, {}, date(2026, 12, 1))


# --- every day -----------------------------------------------------------------------------------------------------

PROCEDURES = [p.procedure for p in LAW.pathways.values() if p.procedure]


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: p.pathway)
def test_one_version_a_day(procedure):
    days = {date(2014, 7, 1)}
    for line in procedure.lines():
        days |= {d for d in (line.period.first, line.period.until) if d}
    for day in days | {d - timedelta(days=1) for d in days}:
        for name, lines in procedure.sections():
            there = [(getattr(x, "stage", ""), x.id) for x in lines if day in x.period]
            assert len(there) == len(set(there)), f"{name} on {day}"


def test_the_oldest_issue_is_the_last_day_that_still_serves():
    procedure = LAW.pathways["be-own-means"].procedure
    assert procedure is not None
    (paper,) = (d for d in procedure.evidence if d.id == "medical-certificate")
    for n in range(0, 366 * 5, 3):
        on = date(2024, 1, 1) + timedelta(days=n)
        oldest = oldest_issue(paper, Day(LAW, on))
        assert oldest is not None
        assert add_months(oldest, 6) >= on > add_months(oldest - timedelta(days=1), 6)


@pytest.mark.parametrize(("pathway", "case"), CASES, ids=[c.name for _, c in CASES])
def test_more_facts_never_reverse_an_answer(pathway, case):
    """What is yes or no with some facts is the same with all of them."""
    whole = profile_from(LAW, case.facts, case.on).facts
    procedure = LAW.pathways[pathway].procedure
    assert procedure is not None
    day, chance = Day(LAW, case.on), random.Random(case.name)
    for _ in range(12):
        part = {k: v for k, v in whole.items() if chance.random() < 0.6}
        for line in procedure.lines():
            answer = applies(line, part, day)
            if answer.answer is not Answer.UNKNOWN:
                assert applies(line, whole, day).answer is answer.answer, line.key
            else:
                why = answer.missing or answer.not_modelled or answer.no_rule_known
                assert why, f"{line.key} is unknown, and nothing says what would tell"


def test_every_alternative_is_of_one_stage_and_need():
    for procedure in PROCEDURES:
        groups: dict[str, set[tuple[str, str]]] = {}
        for d in procedure.evidence:
            if d.one_of:
                groups.setdefault(f"{d.stage}.{d.one_of}", set()).add((d.stage, d.need))
        assert all(len(kinds) == 1 for kinds in groups.values())


# --- legalisation --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "on", "seal", "because"),
    [
        ("BE", date(2026, 12, 1), Seal.NONE, "issued in Belgium"),
        ("US", date(1981, 10, 14), Seal.LEGALISATION, "a day before the Convention held for the United States"),
        ("US", date(1981, 10, 15), Seal.APOSTILLE, "the first day"),
        ("FR", date(2019, 2, 15), Seal.APOSTILLE, "before Regulation 2016/1191"),
        ("FR", date(2019, 2, 16), Seal.NONE, "Regulation 2016/1191"),
        ("DE", date(1990, 1, 1), Seal.NONE, "agreement of 1975"),
        ("GB", date(2026, 12, 1), Seal.APOSTILLE, "no member state any more"),
        ("CA", date(2024, 1, 10), Seal.LEGALISATION, "before the accession held"),
        ("CA", date(2024, 1, 11), Seal.APOSTILLE, "the accession holds"),
        ("MA", date(2026, 12, 1), Seal.APOSTILLE, "AGII, 2016"),
        ("AL", date(2015, 12, 20), Seal.LEGALISATION, "objection of Belgium"),
        ("AL", date(2015, 12, 21), Seal.APOSTILLE, "objection withdrawn"),
        ("AZ", date(2026, 12, 1), Seal.APOSTILLE, "the objection of Belgium came too late"),
        ("DO", date(2026, 12, 1), Seal.ASK, "Belgium objected; whether it still does was not seen"),
        ("TH", date(2027, 2, 27), Seal.LEGALISATION, "joined, but not yet in force"),
        ("TH", date(2027, 2, 28), Seal.APOSTILLE, "in force"),
        ("EG", date(2026, 12, 1), Seal.LEGALISATION, "no party"),
        (None, date(2026, 12, 1), Seal.ASK, "not known which country"),
    ],
    ids=lambda cell: cell if isinstance(cell, str) and len(cell) > 2 else "",
)
def test_what_a_criminal_record_extract_needs(country, on, seal, because):
    assert LAW.legalisation is not None
    found = sealing(LAW.legalisation, "criminal-record-extract", country, on)
    assert found.seal is seal
    assert (found.cite is None) == (country == "BE")


def test_the_regulation_covers_some_documents_only():
    assert LAW.legalisation is not None
    assert sealing(LAW.legalisation, "diploma", "ES", date(2026, 12, 1)).seal is Seal.APOSTILLE
