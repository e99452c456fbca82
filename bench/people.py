"""Invented people for the bench: always the same ones, of the kinds that ask which door is theirs.

Some three in ten want self-employed work in Flanders and no exemption helps them: all then turns on their file. The
others are founders elsewhere, EEA and Swiss citizens, relatives of citizens, people who join somebody from outside the
EEA, holders of a status that exempts, employees, remote workers, people of independent means, students and young
people, and people settled here for years. Shares and chances are our own guesses, made before anything was measured
and not from `likely` in law/: they say how a person and a file hang together, not how many there are.
"""

import random
from datetime import date, timedelta

from sojourn.decide.profile import contradictions
from sojourn.law.model import Law
from sojourn.values.known import Exact, Known, Scalar
from tests.people import answer

ON = date(2026, 11, 22)
SEED = 20261122
PEOPLE = 2_000

Drawn = dict[str, Scalar | frozenset[str] | date]

THIRD_COUNTRIES = {
    "MA": 12, "TR": 10, "IN": 10, "CN": 8, "US": 8, "GB": 8, "UA": 6, "RU": 5, "CD": 6, "BR": 5, "CM": 4, "PH": 3,
    "TN": 4, "IR": 3, "SY": 4, "NG": 3, "ZA": 2, "JP": 2, "CA": 2, "stateless": 1,
}  # fmt: skip
EEA = {"NL": 10, "FR": 9, "RO": 8, "PL": 7, "PT": 6, "IT": 6, "ES": 6, "DE": 5, "BG": 5, "SE": 1, "NO": 1}


def people(law: Law, count: int = PEOPLE) -> list[dict[str, Known]]:
    """Return `count` complete people whose facts do not contradict each other, always the same ones.

    A fact of the law that this generator does not draw gets a random value, by `likely` where law/ gives that.
    """
    out: list[dict[str, Known]] = []
    number = 0
    while len(out) < count:
        rng = random.Random(f"{SEED} {number}")
        number += 1
        drawn = _person(rng)
        facts = {id: _exact(drawn[id]) if id in drawn else answer(fact, rng) for id, fact in law.person_facts.items()}
        if not list(contradictions(law, facts, ON)):
            out.append(facts)
    return out


def _exact(value: Scalar | frozenset[str] | date) -> Exact:
    return Exact(value.toordinal() if isinstance(value, date) else value)


def _pick(rng: random.Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def _euros(rng: random.Random, middle: float, spread: float) -> int:
    """Return an amount in cents, to ten euros, log-normal around `middle`."""
    return round(rng.lognormvariate(0, spread) * middle / 10) * 10_00


def _person(rng: random.Random) -> Drawn:
    kind = _pick(
        rng,
        {"founder": 32, "elsewhere": 10, "eea": 9, "relative": 8, "joiner": 8, "status": 6, "employee": 10, "means": 5,
         "young": 7, "settled": 5},
    )  # fmt: skip
    drawn = _bare(rng) | _years(rng)
    drawn |= _stay(rng, _pick(rng, {"here": 55, "short stay": 10, "abroad": 35}))
    drawn |= _file(rng, ready=rng.random() < 0.55)
    drawn["activity.kind"] = _pick(rng, {"self-employed": 92, "employed-and-self-employed": 8})
    drawn["activity.region"] = "VLG"
    if kind == "elsewhere":
        drawn["activity.region"] = _pick(rng, {"BRU": 65, "WAL": 30, "DG": 5})
    elif kind == "eea":
        nationality = _pick(rng, EEA | {"CH": 4, "BE": 6})
        drawn |= {"person.nationalities": frozenset({nationality}), "residence.ground": frozenset({"other"})}
        drawn |= {"residence.document": _pick(rng, {"none": 4, "card-eu": 4, "annex-19": 1, "card-eu-plus": 1})}
        drawn |= {"activity.kind": _pick(rng, {"self-employed": 60, "employed": 30, "none": 10})}
    elif kind == "relative":
        tie = _pick(rng, {"spouse-of-belgian": 5, "cohabitant-of-belgian": 3, "descendant-of-belgian": 1,
                          "spouse-of-eea": 4, "cohabitant-of-eea": 3, "descendant-of-eea": 1})  # fmt: skip
        drawn |= {"person.family_ties": frozenset({tie}), "family.settles_with_relative": rng.random() < 0.9}
        drawn |= {"residence.ground": frozenset({"family-of-citizen"})}
        drawn |= {"residence.document": _pick(rng, {"card-f": 6, "annex-19ter": 2, "none": 2, "card-f-plus": 1})}
    elif kind == "status":
        drawn |= _status(rng)
    elif kind == "employee":
        drawn["activity.kind"] = _pick(rng, {"employed": 75, "remote-for-foreign-employer": 25})
        drawn["activity.region"] = _pick(rng, {"VLG": 60, "BRU": 28, "WAL": 11, "DG": 1})
        drawn["employment.contract"] = rng.random() < 0.7
        drawn["purpose.programmes"] = frozenset({"group-transfer"} if rng.random() < 0.1 else ())
    elif kind == "means":
        drawn["activity.kind"] = _pick(rng, {"none": 90, "remote-for-foreign-employer": 10})
        drawn["activity.region"] = _pick(rng, {"VLG": 45, "BRU": 30, "WAL": 23, "DG": 2})
        drawn |= _stay(rng, _pick(rng, {"here": 25, "short stay": 10, "abroad": 65}))
    elif kind == "joiner":
        drawn |= _stay(rng, _pick(rng, {"here": 25, "short stay": 10, "abroad": 65}))
        drawn |= {"person.family_ties": frozenset({"family-of-third-country-national"})}
        drawn |= {"activity.kind": _pick(rng, {"none": 80, "self-employed": 10, "employed": 10})}
    elif kind == "young":
        drawn |= _young(rng)
    elif kind == "settled":
        drawn |= _settled(rng)
    if drawn["activity.kind"] == "none":
        drawn["employment.contract"] = False
    return drawn


def _years(rng: random.Random) -> Drawn:
    """Return the days and sums of a life of which each kind of person has some: stays, absences, sponsors, pay."""

    def ago(least: int, most: int) -> date:
        return ON - timedelta(days=rng.randint(least, most))

    since = ago(30, 4_000)
    absence = 0 if rng.random() < 0.5 else rng.randint(1, 300)
    return {
        "person.passport_valid_until": ON + timedelta(days=rng.randint(-50, 3_000)),
        "residence.schengen_since": ago(1, 150),
        "residence.lawful_since": since,
        "stay.legal_since": since,
        "stay.longest_absence": absence,
        "stay.total_absence": absence + (0 if rng.random() < 0.6 else rng.randint(0, 200)),
        "stay.longest_absence_ten": absence,
        "stay.total_absence_ten": absence + (0 if rng.random() < 0.6 else rng.randint(0, 400)),
        "stay.worst_year": min(12, absence // 30),
        "stay.protection_applied": ago(200, 3_000),
        "card.first_applied": ago(300, 2_500),
        "card.changes": frozenset(),
        "card.lost_or_damaged": _pick(rng, {"no": 97, "lost": 2, "damaged": 1}),
        "card.turnover_share": rng.choice([20, 40, 50, 60, 80, 100, 130]),
        "card.investment_share": rng.choice([20, 40, 50, 60, 80, 100, 130]),
        "history.notice_received": ago(1, 600),
        "sponsor.first_right": ago(200, 4_000),
        "sponsor.age": max(18, round(rng.gauss(38, 11))),
        "sponsor.monthly_net": _euros(rng, 2_500, 0.35),
        "sponsor.family_members": rng.choices([1, 2, 3, 4, 5], [45, 25, 15, 10, 5])[0],
        "medical.certificate_issued": ago(5, 200),
        "withdrawal.arrived": date(2020, 12, 31) - timedelta(days=rng.randint(-300, 3_000)),
        "nationality.duty_paid": ago(0, 500),
        "employment.gross_monthly_pay": _euros(rng, 4_000, 0.35),
        "employment.months_with_group": rng.choice([0, 2, 4, 8, 14, 40]),
        "study.monthly_means": _euros(rng, 1_100, 0.3),
        "purpose.programmes": frozenset(rng.choices([(), ("exceptional-reasons",), ("medical-care",)], [95, 3, 2])[0]),
    }


def _young(rng: random.Random) -> Drawn:
    """Return a student, somebody who has just finished, a researcher, or one of the young people's programmes."""
    programme = _pick(
        rng,
        {"study": 45, "search-year": 15, "research": 10, "traineeship": 8, "au-pair": 8, "working-holiday": 8,
         "seasonal-work": 6},
    )  # fmt: skip
    drawn = _stay(rng, "abroad")
    if programme == "search-year" or (programme == "study" and rng.random() < 0.4):
        drawn |= _stay(rng, "here")
        drawn |= {"residence.ground": frozenset({"study"}), "residence.document": "card-a"}
    return drawn | {
        "purpose.programmes": frozenset({programme}),
        "person.age": rng.randint(18, 30),
        "activity.kind": "employed" if programme in ("research", "traineeship", "seasonal-work") else "none",
        "study.completed": _pick(rng, {"belgian-diploma": 80, "research-completed": 10, "not-yet": 10}),
    }


def _settled(rng: random.Random) -> Drawn:
    """Return somebody who has lived here for years and asks what lasts: permanent stay, a nationality."""
    since = ON - timedelta(days=rng.randint(1_400, 5_500))
    return {
        "residence.country": "BE",
        "residence.document": _pick(rng, {"card-a": 50, "card-b": 30, "card-f": 20}),
        "residence.document_valid_until": ON + timedelta(days=rng.randint(5, 1_500)),
        "residence.ground": frozenset(
            {_pick(rng, {"work": 55, "family-of-third-country-national": 25, "refugee": 20})}
        ),
        "residence.lawful_since": since,
        "stay.legal_since": since,
        "activity.kind": _pick(rng, {"employed": 70, "self-employed": 15, "none": 15}),
    }


def _bare(rng: random.Random) -> Drawn:
    """Return someone from outside the EEA and Switzerland, without relatives or special situation."""
    nationalities = {_pick(rng, THIRD_COUNTRIES)}
    if rng.random() < 0.05:
        nationalities.add(_pick(rng, THIRD_COUNTRIES))
    region = _pick(rng, {"VLG": 45, "none": 35, "BRU": 14, "WAL": 6})
    return {
        "person.nationalities": frozenset(nationalities),
        "person.age": max(18, round(rng.gauss(38, 11))),
        "person.family_ties": frozenset({"family-of-third-country-national"} if rng.random() < 0.1 else ()),
        "family.settles_with_relative": False,
        "activity.special_case": frozenset(),
        "activity.stay_days": rng.choice([180, 365, 730, 1825]),
        "activity.seat_region": region,
        "card.region": "none",
        "card.valid_until": ON,
        "card.covers_activity": False,
        "residence.reciprocity_agreement": rng.random() < 0.5,
        "employment.contract": rng.random() < 0.15,
        "employment.category": _pick(
            rng, {"highly-qualified": 30, "highly-qualified-young": 10, "manager": 5, "shortage": 25, "other": 30}
        ),
        "employment.gross_yearly_pay": _euros(rng, 48_000, 0.35),
        "means.monthly_net": _euros(rng, 2_400, 0.4),
        "means.kinds": frozenset({_pick(rng, {"self-employed": 4, "wage": 4, "pension": 2, "rent": 1, "savings": 2})}),
        "means.savings": _euros(rng, 15_000, 1.0),
        "means.history_months": rng.choice([0, 3, 6, 12, 24, 60]),
        "means.leans_on_benefits": rng.random() < 0.08,
        "means.household_solvent": rng.random() < 0.8,
        "household.further_members": rng.choices([0, 1, 2, 3, 4], [50, 20, 15, 10, 5])[0],
        "insurance.full_cover": rng.random() < 0.75,
        "housing.found": rng.random() < 0.65,
        "bank.funds_transferable": rng.random() < 0.95,
        "purpose.reason_for_belgium": rng.random() < 0.75,
    }


def _stay(rng: random.Random, where: str) -> Drawn:
    """Return where someone lives and on what papers, none of which exempts."""
    late = rng.random() < 0.05
    valid = ON - timedelta(days=rng.randint(5, 300)) if late else ON + timedelta(days=rng.randint(10, 900))
    if where == "abroad":
        country = _pick(rng, THIRD_COUNTRIES | {"NL": 4, "FR": 3, "GB": 6, "AE": 3})
        drawn: Drawn = {"residence.country": "LB" if country == "stateless" else country, "residence.document": "none"}
        return drawn | {"residence.ground": frozenset(), "residence.document_valid_until": ON}
    if where == "short stay":
        document = _pick(rng, {"annex-3": 3, "entry-stamp": 4, "visa-c": 3})
        return {
            "residence.country": _pick(rng, {"US": 3, "MA": 3, "TR": 2, "GB": 3, "BE": 4}),
            "residence.document": document,
            "residence.document_valid_until": valid,
            "residence.ground": frozenset({"short-stay"}),
        }
    ground, documents = rng.choices(
        [
            ("work", {"card-a": 9, "annex-15": 1}),
            ("study", {"card-a": 9, "annex-15": 1}),
            ("search-year", {"card-a": 1}),
            ("blue-card", {"card-h": 1}),
            ("intra-corporate-transfer", {"card-i": 3, "card-j": 1}),
            ("research", {"card-a": 1}),
            ("family-of-third-country-national", {"card-a": 8, "annex-15bis": 2}),
            ("asylum-application", {"certificate-of-immatriculation": 9, "annex-35": 1}),
            ("subsidiary-protection", {"card-a": 1}),
            ("humanitarian", {"card-a": 3, "certificate-of-immatriculation": 1}),
            ("diplomatic-household", {"special-identity-card": 1}),
            ("other", {"none": 5, "other": 2, "annex-35": 2, "visa-d": 1}),
        ],
        [25, 18, 7, 7, 2, 2, 11, 10, 4, 6, 1, 7],
    )[0]
    return {
        "residence.country": "BE",
        "residence.document": _pick(rng, documents),
        "residence.document_valid_until": valid,
        "residence.ground": frozenset({ground}),
    }


def _status(rng: random.Random) -> Drawn:
    """Return a status of residence, or a special situation, that exempts or may exempt."""
    if rng.random() < 0.2:
        case = _pick(
            rng, {"assists-spouse": 3, "business-trip": 4, "lecturer": 1, "artist": 3, "intern": 2, "lawyer": 1}
        )
        return {"activity.special_case": frozenset({case}), "activity.stay_days": rng.choice([3, 10, 30, 90, 180])}
    ground, document = rng.choice(
        [("refugee", "card-a"), ("refugee", "card-b"), ("temporary-protection", "card-a"), ("unlimited-stay", "card-b"),
         ("unlimited-stay", "card-k"), ("unlimited-stay", "card-l"), ("withdrawal-agreement", "card-m"),
         ("professional-card", "card-a"), ("professional-card", "card-a")]
    )  # fmt: skip
    drawn: Drawn = {
        "residence.country": "BE",
        "residence.ground": frozenset({ground}),
        "residence.document": document,
        "residence.document_valid_until": ON + timedelta(days=rng.randint(-100, 1800)),
    }
    if ground == "professional-card":
        drawn |= {
            "card.region": _pick(rng, {"VLG": 60, "BRU": 25, "WAL": 12, "DG": 3}),
            "card.valid_until": ON + timedelta(days=rng.randint(-100, 1000)),
            "card.covers_activity": rng.random() < 0.7,
            "card.changes": frozenset(
                rng.choices(
                    [(), ("address",), ("similar-activity",), ("other-activity",), ("conditions",)],
                    [60, 15, 10, 10, 5],
                )[0]
            ),
            "card.lost_or_damaged": _pick(rng, {"no": 80, "lost": 10, "damaged": 5, "destroyed": 5}),
            "card.loss_declared": rng.random() < 0.6,
            "card.kept_valid": rng.random() < 0.2,
        }
    return drawn


def _file(rng: random.Random, *, ready: bool) -> Drawn:
    """Return an activity and its file: one made ready, in which little is amiss, or a plan still in the making."""

    def most(chance: float, otherwise: float) -> bool:
        return rng.random() < (chance if ready else otherwise)

    heading = _pick(rng, {"economic": 70, "innovative": 15, "cultural": 11, "sporting": 4})
    likely = 0.92 if ready else 0.6
    sport = {v for v in ("discipline-listed", "recognised-setting", "adults-or-talents", "raises-level", "qualified",
                         "too-few-qualified") if rng.random() < likely}  # fmt: skip
    earlier = _pick(rng, {"none": 92, "refused": 5, "withdrawn": 1, "inadmissible": 2})
    issued = ON - timedelta(days=rng.randint(5, 150) if most(0.93, 0.55) else rng.randint(190, 1500))
    return {
        "activity.heading": heading,
        "activity.start_up_capital": _euros(rng, 30_000 if ready else 20_000, 0.35 if ready else 0.7),
        "activity.jobs_created": rng.choices([0, 1, 2, 3, 5], [45, 30, 15, 7, 3] if ready else [65, 22, 8, 4, 1])[0],
        "activity.investment": _euros(rng, 12_000, 0.8) if most(0.9, 0.7) else 0,
        "activity.favourable_effect": most(0.75, 0.5),
        "activity.innovation": frozenset(
            v for v in ("new-products", "new-technology", "cooperation") if rng.random() < (0.55 if ready else 0.35)
        ),
        "activity.cultural_cooperation": most(0.9, 0.5),
        "activity.cultural_affinity": most(0.97, 0.85),
        "activity.sport": frozenset(sport),
        "activity.regulated": (regulated := rng.random() < 0.2),
        "activity.regulated_requirements_met": most(0.92, 0.6) if regulated else rng.random() < 0.5,
        "activity.duties_respected": most(0.99, 0.96),
        "activity.shows_remuneration": most(0.95, 0.55),
        "activity.business_plan": _pick(
            rng, {"with-financial-plan": 93, "liquidity-forecast": 5, "none": 2}
            if ready else {"with-financial-plan": 35, "liquidity-forecast": 20, "none": 45}
        ),
        "person.qualification": _pick(
            rng,
            {"below-level-4": 6, "cannot-be-placed": 4, "level-4": 20, "level-5": 10, "level-6": 32, "level-7": 24,
             "level-8": 4},
        ),
        "person.higher_education_certificate": rng.random() < 0.5,
        "record.extract_issued": issued,
        "record.extract_of_residence": most(0.96, 0.85),
        "history.earlier_application": earlier,
        "history.same_activity": earlier != "none" and rng.random() < 0.7,
        "history.notice_dispatched": (
            date(1965, 1, 1) if earlier == "none" else ON - timedelta(days=rng.randint(20, 1400))
        ),
        "history.filed": date(1965, 1, 1) if earlier == "none" else ON - timedelta(days=rng.randint(1400, 1800)),
        "history.new_element": earlier != "none" and rng.random() < 0.4,
    }  # fmt: skip
