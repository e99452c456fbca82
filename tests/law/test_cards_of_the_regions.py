"""The professional cards of the four regions side by side for one person: they differ just where the sources say so."""

from datetime import date
from pathlib import Path

import pytest

from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.finding import Finding
from sojourn.decide.profile import profile_from, read_profile, written
from sojourn.values.verdict import Verdict

LAW = load_law()
ON = date(2026, 11, 22)
EXAMPLES = Path(__file__).parents[2] / "examples"
REGIONS = ("vlg", "bru", "wal", "dg")


def card(region: str, on: date = ON, **changes: object) -> Finding:
    """Return the finding on the card of a region for the Ghent designer, were her business and its seat there."""
    known = read_profile(LAW, EXAMPLES / "ghent-designer.yaml").facts
    facts = {id: written(LAW.facts[id], k) for id, k in known.items()}
    place = region.upper()
    facts |= {"activity.region": place, "activity.seat_region": place, "activity.main_region": place}
    facts |= {"activity.already_started": False}
    facts |= {id.replace("__", "."): value for id, value in changes.items()}
    return assess(LAW, profile_from(LAW, facts, on).facts, on, [f"be-{region}-professional-card"])[0]


def results(on: date = ON, **changes: object) -> dict[str, str]:
    return {region: str(card(region, on, **changes).result) for region in REGIONS}


def cautions(found: Finding) -> set[str]:
    return {c.entry.id for c in found.cautions if c.entry}


def closed_by(found: Finding) -> set[str]:
    return {r.entry.id for r in found.decisive if r.verdict is Verdict.NOT_MET}


def test_the_designer_may_apply_everywhere():
    assert results() == dict.fromkeys(REGIONS, "open")


ORANGE_CARD = {"residence__document": "certificate-of-immatriculation", "residence__ground": ["asylum-application"]}


def test_a_certificate_of_immatriculation():
    """Section 3.1 and conflict 9.1: disputed in Flanders, accepted elsewhere; no A card inside Belgium anywhere."""
    assert results(**ORANGE_CARD) == {"vlg": "contested", "bru": "open", "wal": "open", "dg": "open"}
    told = {region: cautions(card(region, **ORANGE_CARD)) for region in REGIONS}
    assert all("asylum-seeker" in there for there in told.values())
    assert [region for region in REGIONS if "modest-investment" in told[region]] == ["bru"]


def test_a_certificate_of_immatriculation_on_past_days():
    """Flanders accepted it at the enterprise counter until 2022; Brussels before and after 1 October 2024."""
    known = {**ORANGE_CARD, "person__management_knowledge": True, "record__extract_issued": "2021-11-01"}
    assert results(date(2021, 12, 31), **known)["vlg"] == "open"
    assert results(date(2022, 1, 1), **known)["vlg"] == "contested"
    for on in (date(2024, 9, 30), date(2024, 10, 1)):
        assert results(on, **known)["bru"] == "open"


ARRIVAL = {"residence__document": "annex-3", "residence__ground": ["short-stay"]}


def test_a_declaration_of_arrival():
    """Section 3.1: lawful stay by the Flemish decree, with two warnings; inadmissible or no counter in the others."""
    assert results(**ARRIVAL) == {"vlg": "open", "bru": "closed", "wal": "closed", "dg": "closed"}
    assert {"short-stay-timing", "short-stay-practice"} <= cautions(card("vlg", **ARRIVAL))
    for region in ("bru", "wal", "dg"):
        found = card(region, **ARRIVAL)
        assert closed_by(found) == {"enterprise-counter", "post"}
        assert "short-stay" in cautions(found)


def test_a_declaration_of_arrival_of_somebody_who_still_lives_abroad():
    """Each region then has the Belgian post."""
    known = {**ARRIVAL, "residence__country": "AU"}
    assert results(**known) == dict.fromkeys(REGIONS, "open")
    for region in REGIONS:
        channels = {entry.id: result for entry, result in card(region, **known).channels}
        assert channels["post"] == "open"


def test_a_performing_artist_with_a_declaration_of_arrival():
    """Royal decree of 1985, art. 1 §1 b: an exception where that decree still holds, and with a paper we cannot see."""
    known = {**ARRIVAL, "activity__special_case": ["artist"], "activity__stay_days": 200}
    assert results(**known) == {"vlg": "open", "bru": "closed", "wal": "undetermined", "dg": "undetermined"}


SMALL_CAPITAL = {"activity__start_up_capital": "10000 EUR"}


def test_a_start_up_capital_of_10_000_euros():
    """Section 2: only the Flemish decree names an amount, for economic added value."""
    assert results(**SMALL_CAPITAL) == {"vlg": "closed", "bru": "open", "wal": "open", "dg": "open"}
    assert closed_by(card("vlg", **SMALL_CAPITAL)) == {"start-up-capital"}


def test_a_start_up_capital_of_10_000_euros_before_the_decree_or_beyond_it():
    assert results(date(2021, 12, 31), person__management_knowledge=True, **SMALL_CAPITAL)["vlg"] == "open"
    cultural = {
        "activity__heading": "cultural",
        "activity__cultural_cooperation": True,
        "activity__cultural_affinity": True,
    }
    assert results(**SMALL_CAPITAL, **cultural) == dict.fromkeys(REGIONS, "open")


def test_the_exemptions_by_nationality_family_and_stay_are_the_same_everywhere():
    for known in (
        {"person__nationalities": ["FR"]},
        {"person__nationalities": ["CH"]},
        {"person__family_ties": ["spouse-of-belgian"]},
        {"person__family_ties": ["descendant-of-eea"], "family__settles_with_relative": True},
        {"residence__document": "card-b"},
        {"residence__ground": ["refugee"]},
        {"residence__ground": ["temporary-protection"]},
        {"residence__ground": ["withdrawal-agreement"]},
    ):
        assert results(**known) == dict.fromkeys(REGIONS, "not_needed"), known


def test_registered_partners_and_helping_spouses_are_not_the_same_everywhere():
    """Conflict 9.8 and PC-EX-ACT."""
    partner = results(person__family_ties=["cohabitant-of-belgian"])
    assert partner == {"vlg": "not_needed", "bru": "undetermined", "wal": "undetermined", "dg": "undetermined"}
    helper = results(activity__special_case=["assists-spouse"])
    assert helper == {"vlg": "undetermined", "bru": "undetermined", "wal": "not_needed", "dg": "not_needed"}


# After the card: each region has the four steps, and a holder at the wrong one is led to the right one.
AFTER = ("renewal", "amendment", "replacement", "withdrawal")
HOLDER = {
    "card.valid_until": "2027-09-30",
    "card.first_applied": "2024-09-30",
    "card.covers_activity": True,
    "card.lost_or_damaged": "no",
    "card.changes": [],
    "residence.document": "card-a",
    "residence.document_valid_until": "2027-09-30",
    "history.earlier_application": "none",
}


def step(region: str, step: str, **changes: object) -> Finding:
    """Return the finding on a step for the Ghent designer, were she a holder of the card of that region."""
    known = read_profile(LAW, EXAMPLES / "ghent-designer.yaml").facts
    place = region.upper()
    facts = {id: written(LAW.facts[id], k) for id, k in known.items()} | HOLDER
    facts |= {"activity.region": place, "activity.seat_region": place, "activity.main_region": place}
    facts |= {"card.region": place} | {id.replace("__", "."): value for id, value in changes.items()}
    return assess(LAW, profile_from(LAW, facts, ON).facts, ON, [f"be-{region}-professional-card{step and '-'}{step}"])[
        0
    ]


@pytest.mark.parametrize("region", REGIONS)
def test_each_region_has_the_four_steps_after_the_card(region: str):
    assert {f"be-{region}-professional-card-{name}" for name in AFTER} <= set(LAW.pathways)


@pytest.mark.parametrize("region", REGIONS)
def test_each_step_leads_to_the_one_that_fits(region: str):
    def doors(name: str, **changes: object) -> tuple[str, ...]:
        found = step(region, name, **changes)
        assert found.result in ("closed", "not_needed"), name
        mine = f"be-{region}-professional-card"
        assert all(door.startswith(mine) for door in found.instead)
        return tuple(door.removeprefix(mine).lstrip("-") or "first" for door in found.instead)

    assert doors("") == ("renewal",)
    for name in ("amendment", "replacement", "withdrawal"):
        assert "renewal" in doors(name)
    assert "replacement" in doors("amendment", card__lost_or_damaged="lost")
    assert "amendment" in doors("replacement", card__changes=["conditions"])
    assert "amendment" not in doors("replacement")
    other = {"card__covers_activity": False, "card__changes": ["other-activity"]}
    assert doors("renewal", **other)[0] == ("first" if region == "vlg" else "amendment")
    for name in ("renewal", "amendment", "replacement"):
        assert doors(name, history__earlier_application="withdrawn") == ("withdrawal",)
    late = {"history__earlier_application": "withdrawn"}
    late |= {"history__notice_received": "2026-03-10", "history__notice_dispatched": "2026-03-06"}
    late |= {"history__notice_states_remedy": True}
    assert doors("withdrawal", **late) == ("first",)


@pytest.mark.parametrize("name", ["renewal", "amendment", "replacement"])
@pytest.mark.parametrize("region", REGIONS)
def test_a_holder_of_another_region_is_led_there(region: str, name: str):
    known = {"card__changes": ["conditions"], "card__lost_or_damaged": "lost"}
    for place in (other.upper() for other in REGIONS if other != region):
        known |= {"card__region": place, "activity__region": place}
        known |= {"activity__seat_region": place, "activity__main_region": place}
        assert f"be-{place.lower()}-professional-card-{name}" in step(region, name, **known).instead


@pytest.mark.parametrize("region", REGIONS)
def test_card_and_stay_hang_together_at_each_step(region: str):
    """Section 8: the card ends with the stay, and the stay for self-employment with the card."""
    ends = {"renewal": {"card-and-stay"}, "amendment": {"card-and-stay"}, "replacement": {"card-and-stay"}}
    ends["withdrawal"] = {"stay-without-card", "ended-with-stay"}
    for name, told in ends.items():
        pathway = LAW.pathways[f"be-{region}-professional-card-{name}"]
        entries = {e.id: e for e in pathway.entries if e.part == "caution"}
        assert told <= set(entries)
        cited = {c.source for id in told for c in (entries[id].cite, *entries[id].also)}
        assert "residence-act-1980-12-15" in cited
        assert cited & {"vl-decree-2021-10-15", "bru-ordinance-2024-02-01", "act-1965-02-19"}
