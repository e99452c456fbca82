"""The Flemish professional card, hand-written as Polars expressions.

The same lines as law/be/vlg/professional-card/rule.yaml on one day, 2026-11-22, as a programmer writes them who needs
this one rule: null is unknown, or left open by the law; `&`, `|` and `~` are Kleene's. One column a line, true, false
or null, and the result as a word. Only the columns that the rule needs are read; what cannot be read becomes unknown
and nobody hears of it. The readings of the two disputed lines are followed in turn.
"""

from datetime import date
from pathlib import Path

import polars as pl

from bench.references import plain
from bench.references.plain import (
    CASES_FROM_ABROAD,
    COUNTER_DOCUMENTS,
    EEA,
    LEADING_JOBS,
    LEVELS,
    SECONDARY_DOCUMENTS,
    UNCLEAR_DOCUMENTS,
)

FILING_DAY = date(2026, 11, 22)
SIX_MONTHS_BEFORE = date(2026, 5, 22)
LAST_NOTICE_PASSED = date(2025, 11, 18)
CAPITAL_BASE, CAPITAL_INDEXED = 18_600, 22_838
UNLIMITED = ["card-b", "card-c", "card-d", "card-k", "card-l", "card-f-plus"]
RELATIVES = sorted(plain.RELATIVES)
RESULTS = pl.Enum(["open", "closed", "not_needed", "contested", "undetermined"])
NULL = pl.lit(None, dtype=pl.Boolean)

Lines = dict[str, pl.Expr]


def word(fact: str) -> pl.Expr:
    return pl.col(fact)


def yes(fact: str) -> pl.Expr:
    return pl.col(fact) == "true"


def euros(fact: str) -> pl.Expr:
    return pl.col(fact).str.strip_suffix(" EUR").cast(pl.Decimal(14, 2), strict=False)


def day(fact: str) -> pl.Expr:
    return pl.col(fact).str.to_date("%Y-%m-%d", strict=False)


def whole(fact: str) -> pl.Expr:
    return pl.col(fact).cast(pl.Int64, strict=False)


def has(fact: str, *values: str) -> pl.Expr:
    listed = pl.format(";{};", pl.col(fact))
    if len(values) == 1:
        return listed.str.contains(f";{values[0]};", literal=True)
    return listed.str.contains_any([f";{x};" for x in values])


def leans(line: pl.Expr) -> pl.Expr:
    """A secondary source alone exempts nobody."""
    return pl.when(line.not_()).then(statement=False)


def refuses_nobody(line: pl.Expr) -> pl.Expr:
    """A secondary source alone refuses nobody."""
    return pl.when(line).then(statement=True)


def gate() -> Lines:
    kind, region = word("activity.kind"), word("activity.region")
    return {
        "some-work": kind != "none",
        "self-employed": kind != "employed",
        "not-for-employer-abroad": kind != "remote-for-foreign-employer",
        "not-in-brussels": region != "BRU",
        "not-in-wallonia": region != "WAL",
        "not-in-german-speaking-area": region != "DG",
    }


def exemptions() -> Lines:
    nationality, ties, ground = "person.nationalities", "person.family_ties", "residence.ground"
    case = "activity.special_case"
    settles = yes("family.settles_with_relative")
    document = word("residence.document")
    valid = day("residence.document_valid_until") >= FILING_DAY
    abroad = word("residence.country") != "BE"
    short = whole("activity.stay_days") <= 90
    leading = word("employment.category").is_in(sorted(LEADING_JOBS))
    return {
        "belgian-national": has(nationality, "BE"),
        "eea-national": has(nationality, *sorted(EEA)) & ~has(nationality, "BE"),
        "swiss-national": has(nationality, "CH"),
        "spouse-of-belgian": has(ties, "spouse-of-belgian"),
        "partner-of-belgian": has(ties, "cohabitant-of-belgian"),
        "relative-of-belgian": settles
        & has(ties, "descendant-of-belgian", "ascendant-of-belgian", "spouse-of-relative-of-belgian"),
        "relative-of-eea-citizen": settles
        & has(ties, "spouse-of-eea", "descendant-of-eea", "ascendant-of-eea", "spouse-of-relative-of-eea"),
        "partner-of-eea-citizen": settles & has(ties, "cohabitant-of-eea"),
        "family-of-swiss": leans(has(ties, "spouse-of-swiss", "child-of-swiss")),
        "unlimited-stay": (document.is_in(UNLIMITED) & valid)
        | leans(document.is_in(sorted(SECONDARY_DOCUMENTS)) & valid)
        | (has(ground, "unlimited-stay") & NULL),
        "family-card": (document == "card-f")
        & valid
        & (has(ties, "spouse-of-belgian", "cohabitant-of-belgian") | (settles & has(ties, *RELATIVES)) | NULL),
        "recognised-refugee": has(ground, "refugee"),
        "card-already-held": (word("card.region") == "VLG")
        & (day("card.valid_until") >= FILING_DAY)
        & yes("card.covers_activity")
        & (word("history.earlier_application") != "withdrawn"),
        "withdrawal-agreement": has(ground, "withdrawal-agreement") | (document.is_in(["card-m", "card-n"]) & valid),
        "temporary-protection": has(ground, "temporary-protection"),
        "assisting-spouse": leans(has(case, "assists-spouse")),
        **{id: leans(has(case, id) & abroad & short) for id in sorted(CASES_FROM_ABROAD)},
        "sportsperson": leans(has(case, "sportsperson") & short),
        "artist": leans(has(case, "artist") & short),
        "intern": leans(has(case, "intern") & has(ground, "study")),
        "development-trainee": leans(has(case, "development-trainee")),
        "unpaid-director": leans(
            has(case, "unpaid-director") & (has(ground, "blue-card") | (has(ground, "work") & leading))
        ),
    }


def conditions(capital: int) -> Lines:
    heading, sport = word("activity.heading"), "activity.sport"
    innovation = "activity.innovation"
    plan = word("activity.business_plan")
    certificate = (heading == "innovative") & yes("person.higher_education_certificate")
    issued = day("record.extract_issued")
    earlier = word("history.earlier_application")
    sporting = {
        "sport-discipline": has(sport, "discipline-listed"),
        "sport-setting": has(sport, "recognised-setting"),
        "sport-adults-or-talents": has(sport, "adults-or-talents"),
        "sport-raises-level": has(sport, "raises-level"),
        "sport-qualification": has(sport, "qualified", "qualified-within-a-year"),
        "sport-shortage": has(sport, "too-few-qualified"),
    }
    return {
        "start-up-capital": (heading != "economic") | (euros("activity.start_up_capital") >= capital),
        "economic-contribution": (heading != "economic")
        | ((whole("activity.jobs_created") >= 1) & (euros("activity.investment") > 0))
        | yes("activity.favourable_effect"),
        "innovation": (heading != "innovative") | has(innovation, "cooperation", "new-products", "new-technology"),
        "cultural-cooperation": (heading != "cultural") | yes("activity.cultural_cooperation"),
        "cultural-affinity": (heading != "cultural") | yes("activity.cultural_affinity"),
        **{id: (heading != "sporting") | test for id, test in sporting.items()},
        "duties-respected": yes("activity.duties_respected"),
        "qualification": word("person.qualification").is_in(sorted(LEVELS)) | certificate,
        "regulated-profession": ~yes("activity.regulated") | yes("activity.regulated_requirements_met"),
        "criminal-record": issued.is_between(SIX_MONTHS_BEFORE, FILING_DAY) & yes("record.extract_of_residence"),
        "plan": ~plan.is_in(["none", "liquidity-forecast"])
        | (
            (plan == "liquidity-forecast")
            & (heading.is_in(["cultural", "sporting"]) | refuses_nobody(heading.is_in(["cultural", "sporting"])))
        ),
        "remuneration": yes("activity.shows_remuneration"),
        "no-bar": earlier.is_in(["none", "inadmissible"])
        | ~yes("history.same_activity")
        | (day("history.notice_dispatched") <= LAST_NOTICE_PASSED)
        | yes("history.new_element"),
    }


def channels(*, orange_card: bool) -> Lines:
    document = word("residence.document")
    accepted = [*sorted(COUNTER_DOCUMENTS), *(["certificate-of-immatriculation"] if orange_card else [])]
    counter = (
        document.is_in(accepted)
        | ((document == "special-identity-card") & yes("residence.reciprocity_agreement"))
        | (document.is_in(sorted(UNCLEAR_DOCUMENTS)) & NULL)
    )
    return {
        "online": (day("residence.document_valid_until") >= FILING_DAY) & counter,
        "post": word("residence.country") != "BE",
    }


def outcome(free: str, met: str) -> pl.Expr:
    gate_, free_, met_ = pl.col("gate"), pl.col(free), pl.col(met)
    word_ = (
        pl.when(~gate_).then(pl.lit("closed"))
        .when(free_ & gate_).then(pl.lit("not_needed"))
        .when(free_ | free_.is_null()).then(pl.lit("undetermined"))
        .when(~met_).then(pl.lit("closed"))
        .when(gate_ & met_).then(pl.lit("open"))
        .otherwise(pl.lit("undetermined"))
    )  # fmt: skip
    return word_.cast(RESULTS)


def every(lines: Lines) -> pl.Expr:
    return pl.all_horizontal(list(lines.values()))


def some(lines: Lines) -> pl.Expr:
    return pl.any_horizontal(list(lines.values()))


def answers(source: Path) -> pl.LazyFrame:
    """Return the result and every line for each row of a table of profiles (one day: 2026-11-22)."""
    readings = [(c, o) for c in (CAPITAL_BASE, CAPITAL_INDEXED) for o in (False, True)]
    lines = (
        gate()
        | exemptions()
        | {f"{id} (base)": x for id, x in conditions(CAPITAL_BASE).items() if id == "start-up-capital"}
        | conditions(CAPITAL_INDEXED)
        | {"online (orange card)": channels(orange_card=True)["online"]}
        | channels(orange_card=False)
    )
    frame = pl.scan_parquet(source).select("id", **lines)
    common = {id: pl.col(id) for id in conditions(0) if id != "start-up-capital"}

    def met(capital: int, *, orange_card: bool) -> pl.Expr:
        reached = pl.col("start-up-capital (base)" if capital == CAPITAL_BASE else "start-up-capital")
        way = pl.col("online (orange card)" if orange_card else "online") | pl.col("post")
        return every(common) & reached & way

    frame = frame.with_columns(
        gate=every({id: pl.col(id) for id in gate()}),
        free=some({id: pl.col(id) for id in exemptions()}),
        **{f"met {c} {o}": met(c, orange_card=o) for c, o in readings},
    ).with_columns(**{f"result {c} {o}": outcome("free", f"met {c} {o}") for c, o in readings})
    each = [pl.col(f"result {c} {o}") for c, o in readings]
    same = pl.all_horizontal([x == each[0] for x in each[1:]])
    open_ = pl.any_horizontal([x == "undetermined" for x in each])
    word_ = (
        pl.when(same)
        .then(each[0])
        .when(open_)
        .then(pl.lit("undetermined", dtype=RESULTS))
        .otherwise(pl.lit("contested", dtype=RESULTS))
    )
    return frame.with_columns(result=word_).select("id", "result", *lines)


__all__ = ["answers"]
