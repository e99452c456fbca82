"""The Flemish professional card, hand-written as plain three-valued Python.

The same lines as law/be/vlg/professional-card/rule.yaml on one day, 2026-11-22, as a programmer writes them who needs
this one rule and no other: tests grouped by the fact they look at, constants reckoned by hand, cheap refusals first.
No citation, explanation, other day or language; that is what it buys its speed with.

A profile is a dict from fact to value: words, numbers, yes or no; frozensets for facts with several values; cents for
money; ordinals for days. A fact that is absent or None is unknown. Functions return True, False or None (unknown, or
left open by the law: a secondary source alone, or a point that nobody decides here), joined as Kleene joins them. What
an authority weighs counts as True once there is something to weigh: the authority's answer does not close the door to
apply. Kleene logic is sound but not sharp: where a fact occurs twice it may miss a settled result.
"""

from collections.abc import Mapping
from datetime import date

Profile = Mapping[str, object]
Truth = bool | None

FILING_DAY = date(2026, 11, 22).toordinal()
SIX_MONTHS_BEFORE = date(2026, 5, 22).toordinal()
LAST_NOTICE_PASSED = date(2025, 11, 18).toordinal()
"""The last day of dispatch from which three working days and a year have passed (art. 13)."""
CAPITAL_BASE = 18_600_00
CAPITAL_INDEXED = 22_838_00

EEA = frozenset(
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
        "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    ]
)  # fmt: skip
EEA_OR_SWISS = EEA | {"CH"}
MARRIED_TO_BELGIAN = frozenset({"spouse-of-belgian", "cohabitant-of-belgian"})
RELATIVES = frozenset(
    {
        "descendant-of-belgian", "ascendant-of-belgian", "spouse-of-relative-of-belgian", "spouse-of-eea",
        "descendant-of-eea", "ascendant-of-eea", "spouse-of-relative-of-eea", "cohabitant-of-eea",
    }
)  # fmt: skip
FAMILY_OF_SWISS = frozenset({"spouse-of-swiss", "child-of-swiss"})
EXEMPT_GROUNDS = frozenset({"refugee", "withdrawal-agreement", "temporary-protection"})
EXEMPT_DOCUMENTS = frozenset({"card-b", "card-c", "card-d", "card-k", "card-l", "card-f-plus", "card-m", "card-n"})
SECONDARY_DOCUMENTS = frozenset({"card-e", "card-e-plus", "card-eu", "card-eu-plus"})
CASES_ALONE = frozenset({"assists-spouse", "development-trainee"})
CASES_FROM_ABROAD = frozenset({"business-trip", "lecturer", "journalist"})
CASES_SHORT = frozenset({"sportsperson", "artist"})
LEADING_JOBS = frozenset({"highly-qualified", "highly-qualified-young", "manager"})
OTHER_KINDS = frozenset({"none", "employed", "remote-for-foreign-employer"})
FLANDERS = frozenset({"VLG"})
OTHER_REGIONS = frozenset({"BRU", "WAL", "DG"})
NOT_WITHDRAWN = frozenset({"none", "refused", "inadmissible"})
COUNTER_DOCUMENTS = frozenset({"card-a", "card-h", "card-i", "card-j", "annex-3", "entry-stamp", "visa-c"})
UNCLEAR_DOCUMENTS = frozenset({"annex-15", "visa-d", "other"})
LEVELS = frozenset({"level-4", "level-5", "level-6", "level-7", "level-8", "isced-placed"})
SPORT_ALL = frozenset(
    {"discipline-listed", "recognised-setting", "adults-or-talents", "raises-level", "too-few-qualified"}
)
SPORT_QUALIFIED = frozenset({"qualified", "qualified-within-a-year"})
INNOVATIONS = frozenset({"cooperation", "new-products", "new-technology"})


def both(a: Truth, b: Truth) -> Truth:
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def either(a: Truth, b: Truth) -> Truth:
    if a or b:
        return True
    return None if a is None or b is None else False


def among(value: object, values: frozenset[str]) -> Truth:
    return None if value is None else value in values


def has(chosen: object, values: frozenset[str]) -> Truth:
    return None if chosen is None else not values.isdisjoint(chosen)  # type: ignore[arg-type]


def reaches(number: object, bound: int) -> Truth:
    return None if number is None else number >= bound  # type: ignore[operator]


def leans(a: Truth) -> Truth:
    """A secondary source alone exempts nobody: what it would exempt is open."""
    return False if a is False else None


# --- the gate ------------------------------------------------------------------------------------------------------


def gate(p: Profile) -> Truth:
    kind, region = p.get("activity.kind"), p.get("activity.region")
    if kind in OTHER_KINDS or region in OTHER_REGIONS:
        return False
    return None if kind is None or region is None else True


# --- exemptions ----------------------------------------------------------------------------------------------------


def exempt(p: Profile) -> Truth:
    nationality = has(p.get("person.nationalities"), EEA_OR_SWISS)
    if nationality:
        return True
    family = exempt_as_family(p)
    if family:
        return True
    stay = exempt_by_stay(p)
    if stay:
        return True
    if nationality is None or family is None or stay is None:
        return None
    return exempt_by_activity(p)


def exempt_as_family(p: Profile) -> Truth:
    ties = p.get("person.family_ties")
    if ties is None:
        return None
    if not ties:
        return False
    if not MARRIED_TO_BELGIAN.isdisjoint(ties):  # type: ignore[arg-type]
        return True
    settles = both(has(ties, RELATIVES), p.get("family.settles_with_relative"))  # type: ignore[arg-type]
    return either(settles, leans(has(ties, FAMILY_OF_SWISS)))


def exempt_by_stay(p: Profile) -> Truth:
    grounds = p.get("residence.ground")
    ground = has(grounds, EXEMPT_GROUNDS)
    if ground:
        return True
    document = p.get("residence.document")
    valid = reaches(p.get("residence.document_valid_until"), FILING_DAY)
    card = both(among(document, EXEMPT_DOCUMENTS), valid)
    if card:
        return True
    own = both(among(p.get("card.region"), FLANDERS), reaches(p.get("card.valid_until"), FILING_DAY))
    own = both(own, among(p.get("history.earlier_application"), NOT_WITHDRAWN))
    held = both(own, p.get("card.covers_activity"))  # type: ignore[arg-type]
    if held:
        return True
    if ground is None or card is None or held is None:
        return None
    if "unlimited-stay" in grounds:  # type: ignore[operator]
        return None  # whether it goes on without a card that shows it
    if document == "card-f":
        return leans(valid)  # with the tie it proves, `exempt_as_family` has exempted already
    return leans(both(document in SECONDARY_DOCUMENTS, valid))


def exempt_by_activity(p: Profile) -> Truth:
    """Return False or None: secondary sources name all of these."""
    cases = p.get("activity.special_case")
    if cases is None:
        return None
    if not cases:
        return False
    if not CASES_ALONE.isdisjoint(cases):  # type: ignore[arg-type]
        return None
    short = p.get("activity.stay_days")
    short = None if short is None else short <= 90  # type: ignore[operator]
    if both(has(cases, CASES_SHORT), short) is not False:
        return None
    country = p.get("residence.country")
    abroad = None if country is None else country != "BE"
    if both(has(cases, CASES_FROM_ABROAD), both(abroad, short)) is not False:
        return None
    grounds = p.get("residence.ground")
    if "intern" in cases and (grounds is None or "study" in grounds):  # type: ignore[operator]
        return None
    if "unpaid-director" in cases:  # type: ignore[operator]
        if grounds is None or "blue-card" in grounds:  # type: ignore[operator]
            return None
        if "work" in grounds and among(p.get("employment.category"), LEADING_JOBS) is not False:  # type: ignore[operator]
            return None
    return False


# --- conditions ----------------------------------------------------------------------------------------------------


def heading_conditions(p: Profile) -> tuple[Truth, Truth]:
    """Return whether the conditions of the heading hold, with the capital of the decree and with the indexed one."""
    heading = p.get("activity.heading")
    if heading == "economic":
        capital = p.get("activity.start_up_capital")
        rest = economic_contribution(p)
        return both(rest, reaches(capital, CAPITAL_BASE)), both(rest, reaches(capital, CAPITAL_INDEXED))
    if heading == "innovative":
        met = has(p.get("activity.innovation"), INNOVATIONS)
    elif heading == "cultural":
        met = both(p.get("activity.cultural_cooperation"), p.get("activity.cultural_affinity"))  # type: ignore[arg-type]
    elif heading == "sporting":
        sport = p.get("activity.sport")
        met = None if sport is None else sport >= SPORT_ALL and not SPORT_QUALIFIED.isdisjoint(sport)  # type: ignore[operator,arg-type]
    else:
        return of_any_heading(p)
    return met, met


def economic_contribution(p: Profile) -> Truth:
    jobs = reaches(p.get("activity.jobs_created"), 1)
    investment = reaches(p.get("activity.investment"), 1)
    return either(both(jobs, investment), p.get("activity.favourable_effect"))  # type: ignore[arg-type]


def of_any_heading(p: Profile) -> tuple[Truth, Truth]:
    """Return the same while the heading is unknown: True only where each heading's conditions hold."""
    each = [
        heading_conditions({**p, "activity.heading": h}) for h in ("economic", "innovative", "cultural", "sporting")
    ]
    first, second = ({pair[i] for pair in each} for i in (0, 1))
    return first.pop() if len(first) == 1 else None, second.pop() if len(second) == 1 else None


def qualified(p: Profile) -> Truth:
    level = among(p.get("person.qualification"), LEVELS)
    if level:
        return True
    heading = p.get("activity.heading")
    innovative = None if heading is None else heading == "innovative"
    return either(level, both(innovative, p.get("person.higher_education_certificate")))  # type: ignore[arg-type]


def regulated(p: Profile) -> Truth:
    protected = p.get("activity.regulated")
    if protected is False:
        return True
    met = p.get("activity.regulated_requirements_met")
    return True if met else (met if protected else None)  # type: ignore[return-value]


def record(p: Profile) -> Truth:
    issued = p.get("record.extract_issued")
    recent = None if issued is None else SIX_MONTHS_BEFORE <= issued <= FILING_DAY  # type: ignore[operator]
    return both(recent, p.get("record.extract_of_residence"))  # type: ignore[arg-type]


def plan(p: Profile) -> Truth:
    kind = p.get("activity.business_plan")
    if kind == "liquidity-forecast":
        heading = p.get("activity.heading")
        return True if heading in {"cultural", "sporting"} else None  # a secondary source alone refuses nobody
    return None if kind is None else kind != "none"


def not_barred(p: Profile) -> Truth:
    earlier = p.get("history.earlier_application")
    if earlier in {"none", "inadmissible"}:
        return True
    same, notice = p.get("history.same_activity"), p.get("history.notice_dispatched")
    new = p.get("history.new_element")
    if same is False or new or (notice is not None and notice <= LAST_NOTICE_PASSED):  # type: ignore[operator]
        return True
    return None if earlier is None or same is None or notice is None or new is None else False


def filing_place(p: Profile) -> tuple[Truth, Truth]:
    """Return whether one can file somewhere, as the administration reads the law and as the Court of Cassation does."""
    country = p.get("residence.country")
    if country is not None and country != "BE":
        return True, True
    abroad = None if country is None else False
    valid = reaches(p.get("residence.document_valid_until"), FILING_DAY)
    document = p.get("residence.document")
    second: Truth
    if document is None:
        first = second = None
    elif document in COUNTER_DOCUMENTS:
        first = second = True
    elif document == "certificate-of-immatriculation":
        first, second = False, True
    elif document == "special-identity-card":
        first = second = p.get("residence.reciprocity_agreement")  # type: ignore[assignment]
    else:
        first = second = None if document in UNCLEAR_DOCUMENTS else False
    return either(abroad, both(valid, first)), either(abroad, both(valid, second))


# --- the result ----------------------------------------------------------------------------------------------------


def outcome(gate: Truth, exempt: Truth, conditions: Truth) -> str:
    if gate is False:
        return "closed"
    if exempt:
        return "not_needed" if gate else "undetermined"
    if exempt is False:
        if conditions is False:
            return "closed"
        if gate and conditions:
            return "open"
    return "undetermined"


def result(p: Profile) -> str:
    """Return open, closed, not_needed, contested or undetermined."""
    passed = gate(p)
    if passed is False:
        return "closed"
    free = exempt(p)
    if free is not False:
        return outcome(passed, free, None)
    rest: Truth = True
    for met in (
        p.get("activity.duties_respected"), p.get("activity.shows_remuneration"), qualified(p), regulated(p), record(p),
        plan(p), not_barred(p),
    ):  # fmt: skip
        if met is False:
            return "closed"
        if met is None:
            rest = None
    base, indexed = heading_conditions(p)
    administration, cassation = filing_place(p)
    if base is indexed and administration is cassation:
        return outcome(passed, free, both(rest, both(base, administration)))
    results = {
        outcome(passed, free, both(rest, both(capital, place)))
        for capital in (base, indexed)
        for place in (administration, cassation)
    }
    if len(results) == 1:
        return results.pop()
    return "undetermined" if "undetermined" in results else "contested"
