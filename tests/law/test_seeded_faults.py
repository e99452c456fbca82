# ruff: noqa: E501  a table: one row a fault
"""Each kind of fault that a law file can have, put into a small clean body of law, and found there with its place."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from sojourn.decide.law_check import check
from sojourn.dossier.limit_cases import faults as limit_faults
from sojourn.law.faults import Fault

SMALL = Path(__file__).parent / "small"
STALL = "be/market-stall"
RULE = f"{STALL}/rule.yaml"
CASES = f"{STALL}/cases.yaml"
NL = f"{STALL}/texts/nl.yaml"
PAGE = f"{STALL}/page.yaml"
LIMITS = "be/time-limits.yaml"
LIMIT_CASES = "be/time-limits.cases.yaml"
STEPS = f"{STALL}/procedure.yaml"
SEALS = "legalisation.yaml"
SUMS = f"{STALL}/procedure.cases.yaml"
TWIN = (SMALL / RULE).read_text(encoding="utf-8")


class Seed(NamedTuple):
    """One fault: `old` becomes `new` in `file`; without `old` the file is written, without `new` it is removed."""

    id: str
    file: str
    old: str | None
    new: str | bytes | None
    kind: str
    word: str
    line: bool = True  # the fault has a place inside the file
    found_in: str = ""  # where it is found, when not in `file`


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


AGE = "  person.age: {says: Your age in years, "
OF_AGE = "cite: {source: market-act, at: art. 3, grade: official}"
DEPOSIT = 'value: "500 EUR", cite: {source: market-act, at: art. 9, grade: official}}'
SEEDS = [
    # time
    Seed("row-ends-before-it-begins", "amounts/deposit.yaml", "until: 2026-01-01", "until: 2019-01-01", "empty-period", "no period"),
    Seed("in-force-ends-before-it-begins", RULE, "in_force: {from: 2020-01-01}", "in_force: {from: 2020-01-01, until: 2019-01-01}", "empty-period", "no period"),
    Seed("at-least-more-than-there-are", RULE, "    when: {use: adult}", "    when: {at_least: 3, of: [{use: adult}]}", "wrong-count", "at least 3"),
    Seed("amount-declared-twice", "amounts/twin.yaml", None, (SMALL / "amounts/deposit.yaml").read_bytes(), "duplicate-id", "also declared"),
    Seed("gap", "amounts/deposit.yaml", "until: 2026-01-01", "until: 2025-12-01", "gap", "2025-12-01"),
    Seed("overlap", "amounts/deposit.yaml", "until: 2026-01-01", "until: 2026-02-01", "overlap", "2026-01-01"),
    Seed("two-rows-one-day", "amounts/deposit.yaml", "{from: 2027-01-01", "{from: 2026-01-01", "overlap", "in force"),
    Seed("order-of-rows", "amounts/deposit.yaml", "{from: 2027-01-01", "{from: 2025-06-01", "order", "stands after"),
    Seed("bounds-exchanged", "amounts/deposit.yaml", '"550 EUR"', '"700 EUR"', "bounds", "above"),
    Seed("empty-period", RULE, "    from: 2022-01-01", "    from: 2022-01-01\n    until: 2021-01-01", "empty-period", "2021"),
    Seed("never-in-force", RULE, "    from: 2022-01-01", "    until: 2019-01-01", "never-in-force", "fresh-lease"),
    Seed("impossible-date", RULE, "{from: 2020-01-01}", "{from: 2020-02-30}", "impossible-date", "2020-02-30"),
    # what is printed otherwise
    Seed("conflict-without-source", "amounts/deposit.yaml", DEPOSIT, DEPOSIT[:-1] + ", conflicts: [{source: trader-blug, at: post 3, prints: 560 EUR, fault: digit}]}", "dangling-citation", "trader-blug"),
    Seed("conflict-that-agrees", "amounts/deposit.yaml", DEPOSIT, DEPOSIT[:-1] + ", conflicts: [{source: trader-blog, at: post 3, prints: 500 EUR, fault: digit}]}", "no-conflict", "500 EUR"),
    Seed("conflict-on-the-same-day", "amounts/deposit.yaml", DEPOSIT, DEPOSIT[:-1] + ", conflicts: [{source: trader-blog, at: post 3, dated: 2020-01-01, fault: no-basis}]}", "no-conflict", "2020-01-01"),
    Seed("conflict-in-no-money", "amounts/deposit.yaml", DEPOSIT, DEPOSIT[:-1] + ", conflicts: [{source: trader-blog, at: post 3, prints: five hundred, fault: digit}]}", "wrong-unit", "five hundred"),
    Seed("conflict-that-says-nothing", "amounts/deposit.yaml", DEPOSIT, DEPOSIT[:-1] + ", conflicts: [{source: trader-blog, at: post 3, fault: digit}]}", "wrong-shape", "prints"),
    # sources
    Seed("missing-citation", RULE, f"    {OF_AGE}\n", "", "missing-key", "cite"),
    Seed("row-without-citation", "amounts/deposit.yaml", ', cite: {source: market-act, at: art. 9, grade: official}}\n  - {from: 2024', "}\n  - {from: 2024", "wrong-shape", "cite"),
    Seed("dangling-citation", RULE, OF_AGE, OF_AGE.replace("market-act", "market-akt"), "dangling-citation", "market-akt"),
    Seed("dangling-reading", RULE, "by: trader-blog", "by: trader-blug", "dangling-citation", "trader-blug"),
    Seed("secondary-as-official", RULE, "at: post 2, grade: secondary", "at: post 2, grade: official", "secondary-as-official", "trader-blog"),
    Seed("unread-official", RULE, OF_AGE, OF_AGE.replace("market-act", "old-order"), "unread-official", "not read"),
    Seed("unconfirmed-decides", RULE, "at: art. 3, grade: official", "at: art. 3, grade: unconfirmed", "unconfirmed-decides", "of-age"),
    Seed("unconfirmed-part", RULE, "at: post 1, grade: secondary", "at: post 1, grade: unconfirmed", "unconfirmed-decides", "food-permit"),
    Seed("unconfirmed-define", RULE, "    says: Eighteen or older\n", "    says: Eighteen or older\n    cite: {source: trader-blog, at: post 6, grade: unconfirmed}\n", "unconfirmed-decides", "of-age"),
    Seed("unconfirmed-reading", RULE, "at: post 4, grade: secondary", "at: post 4, grade: unconfirmed", "unconfirmed-decides", "lenient"),
    Seed("derived-decides", RULE, "at: art. 3, grade: official", "at: art. 3, grade: derived", "derived-decides", "of-age"),
    Seed("cite-of-no-period", RULE, OF_AGE, OF_AGE[:-1] + ", from: 2022-01-01, until: 2022-01-01}", "wrong-shape", "no period"),
    Seed("uncited-first-days", RULE, OF_AGE, OF_AGE[:-1] + ", from: 2022-01-01}", "uncited-day", "2020-01-01"),
    Seed("uncited-last-days", RULE, OF_AGE, OF_AGE[:-1] + ", until: 2022-01-01}", "uncited-day", "2022-01-01"),
    Seed("grades-differ", RULE, OF_AGE, OF_AGE[:-1] + ", from: 2022-01-01}\n    also: [{source: trader-blog, at: post 3, grade: secondary, until: 2022-01-01}]", "grades-differ", "of-age"),
    Seed("dated-secondary-as-official", RULE, OF_AGE, OF_AGE[:-1] + ", from: 2022-01-01}\n    also: [{source: trader-blog, at: post 3, grade: official, until: 2022-01-01}]", "secondary-as-official", "trader-blog"),
    Seed("no-address", "sources.yaml", "    url: https://example.org/market-act\n", "", "no-address", "market-act"),
    Seed("door-of-what-closes-nothing", RULE, "    effect: reference\n", "    effect: reference\n    better: Save more.\n", "wrong-shape", "only what closes"),
    Seed("door-without-a-word", RULE, "    better: Ask again when you are eighteen.\n", "", "wrong-shape", "why that door fits"),
    Seed("wrong-grade", RULE, "at: art. 3, grade: official", "at: art. 3, grade: oficial", "wrong-shape", "oficial"),
    # files that nothing reads
    Seed("plural-of-rule", f"{STALL}/rules.yaml", None, TWIN, "stray-file", "nothing reads", False),
    Seed("yml", f"{STALL}/rule.yml", None, TWIN, "stray-file", "nothing reads", False),
    Seed("page-without-a-rule", "be/page.yaml", None, "summary: x\n", "stray-file", "nothing reads", False),
    Seed("folder-misspelt", "amount/deposit.yaml", None, "amount: deposit\n", "stray-file", "nothing reads", False),
    Seed("legalisation-out-of-place", "be/legalisation.yaml", None, (SMALL / SEALS).read_text(encoding="utf-8"), "stray-file", "nothing reads", False),
    # names
    Seed("unknown-fact", RULE, "fact: person.age, at_least", "fact: person.ages, at_least", "unknown-fact", "person.ages"),
    Seed("anchor-of-unknown-fact", RULE, "    fact: stall.savings\n", "    fact: stall.saving\n", "unknown-fact", "stall.saving"),
    Seed("unknown-value", RULE, "in: [food, flowers, books]", "in: [food, flowers, bookz]", "unknown-value", "bookz"),
    Seed("unknown-country", RULE, "is: BE", "is: BX", "unknown-value", "BX"),
    Seed("unknown-value-in-group", "facts.yaml", "[DK, FI,", "[DK, FX,", "unknown-value", "FX", True, "law.yaml"),
    Seed("unknown-likely", "facts.yaml", "likely: {nordic-countries:", "likely: {nordic-countrys:", "unknown-value", "nordic-countrys", False),
    Seed("unknown-fact-in-shared-define", "law.yaml", "person.nationalities, any_in: [IS]", "person.nationality, any_in: [IS]", "unknown-fact", "person.nationality"),
    Seed("unknown-fact-in-unused-define", "law.yaml", "define:\n", "define:\n  grown:\n    says: Grown up\n    all: [{fact: person.aje, at_least: 18}]\n", "unknown-fact", "person.aje"),
    Seed("unknown-amount", RULE, "{amount: deposit}", "{amount: deposits}", "unknown-amount", "deposits"),
    Seed("unknown-amount-on-page", PAGE, "money_amounts: [deposit]", "money_amounts: [depozit]", "unknown-amount", "depozit"),
    Seed("unknown-amount-in-formula", "amounts/deposit-plan.yaml", "1.10 * deposit +", "1.10 * depozit +", "unknown-amount", "depozit"),
    Seed("unknown-use", RULE, "{use: adult}", "{use: adolt}", "unknown-use", "adolt"),
    Seed("circular-use", RULE, "all: [{fact: person.age, at_least: 18}]", "all: [{use: adult}]", "circular-use", "adult"),
    Seed("unknown-pathway", RULE, "instead: [market-stall]", "instead: [market-stal]", "unknown-pathway", "market-stal"),
    Seed("unknown-pathway-on-page", PAGE, "instead: market-stall", "instead: market-shop", "unknown-pathway", "market-shop", False),
    Seed("unknown-helper", RULE, "by: counter", "by: countor", "unknown-helper", "countor"),
    Seed("unknown-who-helps", RULE, "who_helps: [counter, lawyer]", "who_helps: [counter, lawyr]", "unknown-helper", "lawyr"),
    Seed("unknown-key", RULE, "better: Stay", "bettr: Stay", "unknown-key", "bettr"),
    Seed("source-in-two-files", "be/sources.yaml", None, (SMALL / "sources.yaml").read_bytes(), "duplicate-id", "also declared"),
    Seed("fact-in-two-files", "be/facts.yaml", None, (SMALL / "facts.yaml").read_bytes(), "duplicate-id", "also declared"),
    Seed("question-in-two-files", "be/questions.yaml", None, (SMALL / "questions.yaml").read_bytes(), "duplicate-id", "also declared"),
    Seed("test-in-two-files", "be/definitions.yaml", None, b"define: {nordic: {says: Twice, all: [{fact: person.age, at_least: 18}]}}", "duplicate-id", "also declared"),
    Seed("helper-in-two-files", "be/definitions.yaml", None, b"helpers: {lawyer: Lawyer}", "duplicate-id", "also declared"),
    Seed("duplicate-id", RULE, "id: insured", "id: of-age", "duplicate-id", "of-age"),
    Seed("duplicate-reading", RULE, "id: lenient", "id: strict", "duplicate-id", "strict"),
    Seed("duplicate-question", "questions.yaml", "{id: age,", "{id: goods,", "duplicate-id", "goods"),
    Seed("duplicate-contradiction", "facts.yaml", "contradictions:\n", "contradictions:\n  - {id: no-stall-yet-a-permit, says: Twice., never: {fact: person.age, less_than: 1}}\n", "duplicate-id", "no-stall-yet-a-permit"),
    Seed("duplicate-case", CASES, "case: Danish seller", "case: Food without any permit", "duplicate-id", "Food without"),
    Seed("duplicate-key", RULE, "title: Market stall", "title: Market stall\ntitle: Stall", "duplicate-key", "title"),
    Seed("duplicate-pathway", "be/twin/rule.yaml", None, TWIN, "duplicate-id", "market-stall"),
    Seed("years-ahead", RULE, "not_older_than: {months: 6}", "ahead: {years: 1}", "wrong-shape", "`ahead` takes months and days"),
    Seed("bad-fact-id", "facts.yaml", "  stall.goods:\n", "  stallgoods:\n", "bad-id", "stallgoods"),
    # types
    Seed("wrong-comparison", RULE, "fact: person.age, at_least: 18", "fact: person.age, on_or_after: 2020-01-01", "wrong-comparison", "on_or_after"),
    Seed("set-compared-as-one", RULE, "any_in: [music]", "is: music", "wrong-comparison", "set"),
    Seed("wrong-currency", RULE, '"1000 EUR"', '"1000 USD"', "wrong-unit", "USD"),
    Seed("no-currency", RULE, '"1000 EUR"', "1000", "wrong-unit", "1000"),
    Seed("amount-for-a-count", RULE, "person.age, at_least: 18", "person.age, at_least: {amount: deposit}", "wrong-unit", "person.age"),
    Seed("row-in-dollars", "amounts/deposit.yaml", '"500 EUR"', '"500 USD"', "wrong-unit", "500 USD"),
    Seed("negative-row", "amounts/deposit.yaml", '"500 EUR"', '"-500 EUR"', "wrong-unit", "negative"),
    Seed("wrong-type", RULE, "at_least: 18", "at_least: eighteen", "wrong-type", "eighteen"),
    Seed("likely-above-one", "facts.yaml", "{nordic-countries: 0.1}", "{nordic-countries: 1.5}", "out-of-bounds", "1.5"),
    Seed("likely-below-zero", "facts.yaml", "{nordic-countries: 0.1}", "{nordic-countries: -0.1}", "out-of-bounds", "-0.1"),
    Seed("yes-is-no-bool", RULE, "fact: stall.insured, is: true", "fact: stall.insured, is: yes", "unknown-value", "yes"),
    Seed("text-for-a-list", RULE, "who_helps: [counter, lawyer]", "who_helps: counter", "wrong-type", "counter"),
    Seed("two-comparisons", RULE, "at_least: 18}", "at_least: 18, at_most: 90}", "wrong-shape", "exactly one"),
    Seed("no-test", RULE, "    when: {use: adult}\n", "", "no-test", "of-age"),
    Seed("practice-turns-away", RULE, "    effect: practice\n", "    effect: practice\n    better: Sell online.\n", "wrong-shape", "only what closes needs a way on"),
    Seed("door-unsaid", RULE, "    says: Your stall is insured.\n", "    says: Your stall is insured.\n    instead: [market-stall]\n", "wrong-shape", "say why that door fits"),
    Seed("bad-formula", "amounts/deposit-plan.yaml", "1.10 * deposit +", "1.10 / deposit +", "bad-formula", "1.10 / deposit"),
    Seed("count-without-unit", "facts.yaml", AGE + "type: integer, unit: years,", AGE + "type: integer,", "missing-unit", "person.age"),
    Seed("choice-without-values", "facts.yaml", "    values: {none: You will not sell, food: Food, flowers: Flowers, books: Books}\n", "", "missing-values", "stall.goods"),
    # texts
    Seed("missing-text", NL, "  insured: Uw kraam is verzekerd.\n", "", "missing-text", "insured", False),
    Seed("missing-reading-text", NL, "  fresh-lease.strict: Hoogstens zes maanden oud.\n", "", "missing-text", "fresh-lease.strict", False),
    Seed("missing-text-of-what-we-do-not-decide", NL, "  food-permit.not_modelled: Of een muziekvergunning ook voeding op een concert dekt.\n", "", "missing-text", "food-permit.not_modelled", False),
    Seed("missing-text-of-a-define", NL, "  define.adult: Achttien of ouder\n", "", "missing-text", "define.adult", False),
    Seed("missing-text-of-a-shared-define", "texts/nl.yaml", "definitions: {nordic: Noordse burger}\n", "", "missing-text", "definitions.nordic", False),
    Seed("missing-page-text", NL, "  bank: Neen\n", "", "missing-text", "page.bank", False),
    Seed("shorter-list-on-page", NL, "what_it_allows: [Verkopen]", "what_it_allows: []", "missing-text", "what_it_allows", False),
    Seed("missing-fact-text", "texts/nl.yaml", "  person.age: Uw leeftijd\n", "", "missing-text", "person.age", False),
    Seed("missing-amount-text", "texts/nl.yaml", "  deposit: Waarborg voor een kraam\n", "", "missing-text", "amounts.deposit", False),
    Seed("unknown-amount-text", "texts/nl.yaml", "  deposit: W", "  depozit: W", "unknown-text", 'Did you mean "deposit"?'),
    Seed("missing-value-text", "texts/nl.yaml", ", books: Boeken", "", "missing-text", "stall.goods.books", False),
    Seed("missing-question-text", "texts/nl.yaml", ", help: Een attest toont het.", "", "missing-text", "questions.insured.help", False),
    Seed("missing-language", NL, None, None, "missing-text", "nl", False),
    Seed("unknown-text", NL, "  insured: Uw", "  insurd: Uw", "unknown-text", "insurd"),
    Seed("unknown-fact-text", "texts/nl.yaml", "  stall.savings: Uw", "  stall.saving: Uw", "unknown-text", 'Did you mean "stall.savings"?'),
    Seed("unknown-value-text", "texts/nl.yaml", "books: Boeken", "books: Boeken, bookz: Boeken", "unknown-text", 'Did you mean "books"?'),
    Seed("text-of-values-of-unknown-fact", "texts/nl.yaml", "  stall.permits: {", "  stall.permit: {", "unknown-text", 'Did you mean "stall.permits"?'),
    Seed("unknown-unit-text", "texts/en.yaml", "years: years", "years: years, yeers: years", "unknown-text", 'Did you mean "years"?'),
    Seed("unknown-group-text", "texts/nl.yaml", "{nordic-countries: N", "{nordic-countrys: N", "unknown-text", 'Did you mean "nordic-countries"?'),
    Seed("unknown-question-text", "texts/nl.yaml", "  savings: {ask", "  saving: {ask", "unknown-text", 'Did you mean "savings"?'),
    Seed("unknown-part-of-a-question-text", "texts/nl.yaml", "why: Er is een waarborg.", "why: Er is een waarborg., wy: Zomaar", "unknown-text", 'Did you mean "why"?'),
    Seed("unknown-helper-text", "texts/nl.yaml", "  lawyer: A", "  lawyr: A", "unknown-text", 'Did you mean "lawyer"?'),
    Seed("unknown-contradiction-text", "texts/nl.yaml", "  no-stall-yet-a-permit: U", "  no-stal-yet-a-permit: U", "unknown-text", 'Did you mean "no-stall-yet-a-permit"?'),
    Seed("unknown-define-text", "texts/nl.yaml", "definitions: {nordic:", "definitions: {nordik:", "unknown-text", 'Did you mean "nordic"?'),
    Seed("unknown-evidence-text", "texts/nl.yaml", "  business-plan: O", "  busines-plan: O", "unknown-text", 'Did you mean "business-plan"?'),
    Seed("missing-english-evidence", "texts/en.yaml", "  business-plan: Business plan\n", "", "missing-text", "evidence.business-plan", False),
    Seed("missing-english-unit", "texts/en.yaml", "units: {years: years}\n", "", "missing-text", "units.years", False),
    Seed("wrong-language", NL, "language: nl", "language: fr", "wrong-language", "fr"),
    Seed("no-page", PAGE, None, None, "no-page", "page.yaml", False, RULE),
    # time limits
    Seed("limit-of-unknown-source", LIMITS, "market-act, at: art. 22", "market-acts, at: art. 22", "dangling-citation", "market-acts"),
    Seed("limit-of-unread-source", LIMITS, "market-act, at: art. 22", "old-order, at: art. 22", "unread-official", "old-order"),
    Seed("limit-of-a-blog-as-official", LIMITS, "market-act, at: art. 22", "trader-blog, at: art. 22", "secondary-as-official", "trader-blog"),
    Seed("unconfirmed-limit", LIMITS, "at: art. 22, grade: official", "at: art. 22, grade: unconfirmed", "unconfirmed-decides", "stall-appeal"),
    Seed("unconfirmed-reading-of-a-limit", LIMITS, "at: post 5, grade: secondary", "at: post 5, grade: unconfirmed", "unconfirmed-decides", "lenient"),
    Seed("reading-of-unknown-source", LIMITS, "trader-blog, at: post 5", "trader-blogg, at: post 5", "dangling-citation", "trader-blogg"),
    Seed("two-versions-at-once", LIMITS, "until: 2020-01-01", "until: 2020-06-01", "overlap", "stall-appeal"),
    Seed("limit-ends-before-it-begins", LIMITS, "until: 2020-01-01", "until: 2014-01-01", "empty-period", "no period"),
    Seed("no-safe-day", LIMITS, "    length: {days: 15}\n", "    length: {days: 15}\n    readings: [{id: odd, says: x, open: y, weight: argument}]\n", "no-safe-day", "stall-appeal"),
    Seed("unknown-convention", LIMITS, "convention: by-post", "convention: by-mail", "unknown-convention", "by-mail"),
    Seed("unknown-event", LIMITS, "{event: expiry}", "{event: expires}", "unknown-event", "expires"),
    Seed("convention-without-start", LIMITS, "    starts:\n      - {event: posted, after: {working_days: 3}, day_counts: true}\n      - {event: handed-over}\n    last_day", "    last_day", "no-start", "by-post"),
    Seed("limit-named-like-a-convention", LIMITS, "id: stall-renewal", "id: by-post", "duplicate-id", "by-post"),
    Seed("limit-in-two-files", "be/other/time-limits.yaml", None, "events: {}\nlimits:\n  - {id: stall-renewal, says: x, kind: act, cite: {source: market-act, at: x, grade: official}, starts: [{event: expiry}], length: {days: 1}}\n", "duplicate-id", "be/other", True, LIMITS),
    Seed("two-readings-of-a-limit", LIMITS, "id: lenient", "id: strict", "duplicate-id", "strict"),
    Seed("window-opens-after-it-closes", LIMITS, "opens: {days: 60}", "opens: {days: 20}", "window", "stall-renewal"),
    Seed("working-days-counted-back", LIMITS, "    length: {months: 1}", "    length: {working_days: 20}", "window", "stall-renewal"),
    Seed("two-units", LIMITS, "{days: 15}", "{days: 15, months: 1}", "wrong-shape", "exactly one"),
    Seed("two-lengths", LIMITS, "length: {days: 15}", "length: {days: 15}\n    stated: true", "wrong-shape", "stated"),
    Seed("reading-without-source", LIMITS, "        open: the act is silent\n", "", "wrong-shape", "open"),
    Seed("window-counted-forward", LIMITS, "    counted: back\n", "", "wrong-shape", "counted: back"),
    Seed("limit-without-start", LIMITS, "    starts: [{event: expiry}]\n", "", "wrong-shape", "starts"),
    Seed("from-and-seen", LIMITS, "    from: 2015-01-01", "    seen: 2015-01-01\n    from: 2015-01-01", "wrong-shape", "seen"),
    Seed("missing-limit-text", "texts/nl.yaml", "  stall-renewal: Vernieuw een kraamvergunning\n", "", "missing-text", "stall-renewal", False),
    Seed("text-of-no-limit", "texts/nl.yaml", "  stall-renewal: Vernieuw", "  stall-renewed: Vernieuw", "unknown-text", "stall-renewed", False),
    Seed("case-of-unknown-limit", LIMIT_CASES, "limit: stall-renewal", "limit: stall-renewl", "unknown-limit", "stall-renewl"),
    Seed("case-of-unknown-event", LIMIT_CASES, "event: posted", "event: postd", "unknown-event", "postd"),
    Seed("two-limit-cases", LIMIT_CASES, "case: A permit that expires in March", "case: A refusal posted on a Friday", "duplicate-id", "A refusal posted"),
    # the procedure
    Seed("procedure-of-another", STEPS, "pathway: market-stall", "pathway: market-shop", "wrong-pathway", "market-shop"),
    Seed("procedure-unknown-key", STEPS, "max_age:", "max_aeg:", "unknown-key", "max_aeg"),
    Seed("procedure-unknown-fact", STEPS, "fact: person.residence", "fact: person.residense", "unknown-fact", "person.residense"),
    Seed("procedure-unknown-source", STEPS, "{source: trader-blog,", "{source: trader-blug,", "dangling-citation", "trader-blug"),
    Seed("procedure-secondary-as-official", STEPS, "at: post 6, grade: secondary", "at: post 6, grade: official", "secondary-as-official", "trader-blog"),
    Seed("unknown-stage", STEPS, "    stage: permit\n    kind: practice", "    stage: permet\n    kind: practice", "unknown-stage", "permet"),
    Seed("unknown-stage-before", STEPS, "after: [permit]", "after: [permet]", "unknown-stage", "permet"),
    Seed("unknown-stage-of-languages", STEPS, "stages: [permit]", "stages: [permet]", "unknown-stage", "permet"),
    Seed("unknown-channel", STEPS, "channel: at-counter", "channel: at-countor", "unknown-channel", "at-countor"),
    Seed("unknown-condition", STEPS, "proves: [insured]", "proves: [insurd]", "unknown-condition", "insurd"),
    Seed("unknown-helper-of-stage", STEPS, "at: counter, after", "at: countor, after", "unknown-helper", "countor"),
    Seed("unknown-amount-of-fee", STEPS, "amount: deposit", "amount: depozit", "unknown-amount", "depozit"),
    Seed("unknown-document", STEPS, "proof: payment-proof", "proof: payment-prof", "unknown-document", "payment-prof"),
    Seed("unknown-appeal", STEPS, "    suspends: false", "    suspends: false\n    next: to-king", "unknown-appeal", "to-king"),
    Seed("race-unknown-clock", STEPS, "clock: decision", "clock: decizion", "unknown-clock", "decizion"),
    Seed("race-unknown-place", STEPS, "instead: desk", "instead: desc", "unknown-place", "desc"),
    Seed("race-from-no-day", STEPS, "fact: stall.lease_signed", "fact: person.age", "unknown-fact", "person.age"),
    Seed("race-to-two-goals", STEPS, "clock: decision", "clock: decision\n    months: 3", "wrong-shape", "give one of them"),
    Seed("race-elsewhere-as-nobody", STEPS, "    as_if: {person: {age: 30}}\n", "", "wrong-shape", "as whom"),
    Seed("lone-alternative", STEPS, "    one_of: cover\n    cite", "    cite", "lone-alternative", "cover"),
    Seed("versions-overlap", STEPS, "    until: 2026-01-01\n", "", "overlap", "permit-fee"),
    Seed("procedure-empty-period", STEPS, "    until: 2026-01-01\n", "    from: 2027-01-01\n    until: 2026-01-01\n", "empty-period", "2027"),
    Seed("procedure-never-in-force", STEPS, "    until: 2026-01-01\n", "    until: 2019-01-01\n", "never-in-force", "permit-fee"),
    Seed("wrong-check-digits", STEPS, "BE71 0961", "BE72 0961", "wrong-shape", "BE72"),
    Seed("wrong-account", STEPS, "BE71 0961 2345 6769", "0961-2345", "wrong-shape", "IBAN"),
    Seed("unknown-token", STEPS, "{family_name}", "{famly_name}", "unknown-token", "famly_name"),
    Seed("exempts-everybody", STEPS, "        when: {fact: person.age, less_than: 21}\n", "", "no-test", "young"),
    Seed("unconfirmed-exempts", STEPS, "says: Nobody under 21 pays.\n        cite: {source: market-act, at: art. 15, grade: official}", "says: Nobody under 21 pays.\n        cite: {source: market-act, at: art. 15, grade: unconfirmed}", "unconfirmed-decides", "young"),
    Seed("unconfirmed-paper", STEPS, "one_of: cover\n    cite: {source: market-act, at: art. 14, grade: official}", "one_of: cover\n    cite: {source: market-act, at: art. 14, grade: unconfirmed}", "unconfirmed-decides", "bank-statement"),
    Seed("readings-in-procedure", STEPS, "    when: {fact: person.residence, is: BE}", "    readings: [{id: a, says: A., by: market-act, at: x, grade: official, holds: true}, {id: b, says: B., by: market-act, at: y, grade: official, holds: false}]", "readings-in-procedure", "desk"),
    Seed("age-without-span", STEPS, "max_age: {months: 3}", "max_age: {}", "wrong-shape", "months"),
    Seed("missing-procedure-text", NL, "  warnings.early: Kom vroeg.\n", "", "missing-text", "warnings.early", False),
    Seed("missing-text-of-a-version", NL, "  fees.permit-fee@2026-01-01: De nieuwe bijdrage.\n", "", "missing-text", "fees.permit-fee@2026-01-01", False),
    Seed("unknown-procedure-text", NL, "  warnings.early: Kom", "  warnings.erly: Kom", "unknown-text", "warnings.erly"),
    Seed("missing-name-of-document", "texts/nl.yaml", "  payment-proof: Betalingsbewijs\n", "", "missing-text", "evidence.payment-proof", False),
    Seed("unknown-procedure-case", SUMS, "like: Seller of flowers", "like: Seller of flours", "unknown-case", "flours"),
    Seed("duplicate-procedure-case", SUMS, "case: Young seller", "case: Seller of flowers", "duplicate-id", "Seller of flowers"),
    Seed("procedure-case-unknown-key", SUMS, "expect: {fees:", "expect: {fee:", "unknown-key", "fee"),
    Seed("unknown-party", SEALS, "  US:", "  UX:", "unknown-country", "UX"),
    Seed("unknown-exempt-country", SEALS, "[FR, DE]", "[FX, DE]", "unknown-country", "FX"),
    Seed("missing-legalisation-text", "texts/nl.yaml", "  neighbours: Buren hebben niets nodig.\n", "", "missing-text", "legalisation.neighbours", False),
    # the whole
    Seed("never-matters", RULE, "    when: {use: adult}", "    any: [{use: adult}, {not: {use: adult}}]", "never-matters", "of-age"),
    Seed("never-asked", "questions.yaml", "  - {id: insured, sets: [stall.insured], ask: Are you insured?, why: A stall must be insured., help: A statement of the insurer shows it.}\n", "", "never-asked", "stall.insured", False, RULE),
    Seed("asked-twice", "questions.yaml", "sets: [person.age]", "sets: [person.nationalities]", "asked-twice", "person.nationalities"),
    Seed("question-sets-unknown-fact", "questions.yaml", "sets: [person.age]", "sets: [person.agee]", "unknown-fact", "person.agee"),
    Seed("ticked-together", "questions.yaml", "sets: [person.age]", "sets: [person.age, stall.insured]", "wrong-type", "person.age"),
    Seed("case-contradicts-rule", CASES, "    result: open", "    result: closed", "case-contradicts-rule", "expects closed"),
    Seed("reason-contradicts-rule", CASES, "of-age: met", "of-age: not_met", "case-contradicts-rule", "of-age"),
    Seed("bad-case", CASES, "age: 30", "agee: 30", "bad-case", "agee"),
    Seed("absent-subject-in-case", CASES, "{person: {age: absent}}", "{person: absent}", "unknown-fact", '"person"'),
    Seed("absent-unknown-fact-in-case", CASES, "{person: {age: absent}}", "{person: {agee: absent}}", "unknown-fact", 'Did you mean "person.age"?'),
    Seed("bad-value-in-case", CASES, "goods: flowers", "goods: tulips", "bad-case", "tulips"),
    Seed("unknown-case", CASES, "  like: Flower seller, all met\n  facts: {person: {nationalities: [DK]}}", "  like: Flour seller\n  facts: {person: {nationalities: [DK]}}", "unknown-case", "Flour seller"),
    Seed("no-cases", CASES, None, None, "no-cases", "no worked case", False, RULE),
    Seed("no-law", "law.yaml", None, None, "no-law", "law.yaml", False, "."),
    # the file itself
    Seed("empty-file", RULE, None, "# to be written\n", "empty", "`pathway:`", False),
    Seed("list-for-keys", PAGE, None, "- kind\n", "wrong-type", "a list"),
    Seed("alias", RULE, "title: Market stall", "title: &t Market stall", "alias", "&"),
    Seed("too-deep", RULE, "who_helps: [counter, lawyer]", f"who_helps: {deep(50)}", "too-deep", "40"),
    Seed("not-utf8", NL, None, b"language: nl\ntitle: caf\xe9\n", "not-utf8", "UTF-8"),
    Seed("not-yaml", RULE, "title: Market stall", "title: [Market stall", "syntax", "YAML"),
    Seed("two-documents", PAGE, "reviewed_on:", "reviewed_on:\n---\nkind: x", "several-documents", "second"),
]  # fmt: skip


def sow(folder: Path, seed: Seed) -> None:
    path = folder / seed.file
    if seed.old is not None:
        text = path.read_text(encoding="utf-8")
        assert text.count(seed.old) >= 1, f"{seed.id}: {seed.old!r} does not stand in {seed.file}"
        assert isinstance(seed.new, str)
        path.write_text(text.replace(seed.old, seed.new, 1), encoding="utf-8")
    elif seed.new is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(seed.new.encode() if isinstance(seed.new, str) else seed.new)


def the_fault(faults: list[Fault], seed: Seed) -> Fault:
    told = "\n".join(f"[{f.kind}] {f}" for f in faults)
    hits = [f for f in faults if f.kind == seed.kind and seed.word in f.what + f.mend]
    assert hits, f"not found: {seed.kind} with {seed.word!r}; found:\n{told}"
    return hits[0]


@pytest.fixture
def law(tmp_path, monkeypatch):
    monkeypatch.setenv("SOJOURN_CACHE", "")
    folder = tmp_path / "law"
    shutil.copytree(SMALL, folder)
    return folder


def test_the_small_law_is_clean(law):
    read, faults = check(shipped=law)
    assert faults == []
    assert read is not None
    assert list(read.pathways) == ["market-stall"]
    assert {f.type for f in read.facts.values()} == {
        "choice", "set", "bool", "integer", "money", "date", "country", "countries",
    }  # fmt: skip


def test_the_shipped_law_is_clean():
    read, faults = check()
    assert faults == []
    assert read is not None


def test_a_case_of_a_time_limit_that_contradicts_it_is_found(law):
    path = law / LIMIT_CASES
    path.write_text(path.read_text(encoding="utf-8").replace("last_day: 2027-02-15", "last_day: 2027-02-16"), "utf-8")
    read, faults = check(shipped=law)
    assert (faults, read is not None) == ([], True)
    (fault,) = limit_faults(read)
    assert (fault.kind, fault.line) == ("case-contradicts-rule", 8)
    assert "2027-02-15" in fault.what
    assert "art. 23" in fault.mend


@pytest.mark.parametrize("seed", SEEDS, ids=lambda s: s.id)
def test_a_seeded_fault_is_found(law, seed):
    sow(law, seed)
    _, faults = check(shipped=law)
    fault = the_fault(faults, seed)
    expected = (law / (seed.found_in or seed.file)).resolve()
    assert Path(fault.file).resolve() == expected or str(expected).endswith(f"/{fault.file}")
    assert (fault.line > 0) == seed.line
    assert fault.what
    assert fault.mend, "says nothing about how to mend it"


@pytest.mark.parametrize(
    ("id", "word"),
    [
        ("unknown-use", "adolt"),
        ("unknown-fact", "person.ages"),
        ("unknown-fact-in-shared-define", "person.nationality,"),
        ("likely-above-one", "1.5"),
        ("unknown-fact-text", "stall.saving:"),
    ],
)
def test_the_line_is_the_line(law, id, word):
    seed = next(s for s in SEEDS if s.id == id)
    sow(law, seed)
    _, faults = check(shipped=law)
    lines = (law / seed.file).read_text(encoding="utf-8").splitlines()
    told = [f for f in faults if f.kind == seed.kind]
    assert len(told) == 1
    assert word in lines[told[0].line - 1]


def test_a_second_folder_adds_texts(law, tmp_path):
    mine = tmp_path / "mine"
    for file, line in {"en": "  stall-drawing: Drawing\n", "nl": "  stall-drawing: Tekening\n"}.items():
        path = mine / "texts" / f"{file}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"language: {file}\nevidence:\n{line}", encoding="utf-8")
    rule = TWIN.replace("[business-plan]", "[business-plan, stall-drawing]")
    shutil.copytree(law / STALL, mine / STALL)
    (mine / RULE).write_text(rule, encoding="utf-8")
    read, faults = check(mine, shipped=law)
    assert faults == []
    assert read is not None
    assert set(read.texts["nl"]["evidence"]) >= {"business-plan", "stall-drawing"}
    assert read.texts["nl"]["helpers"]["lawyer"] == "Advocaat"


def test_an_unknown_key_names_the_nearest(law):
    seed = next(s for s in SEEDS if s.id == "unknown-key")
    sow(law, seed)
    _, faults = check(shipped=law)
    assert the_fault(faults, seed).mend == 'Did you mean "better"?'


def test_there_are_at_least_25_kinds():
    assert len({s.kind for s in SEEDS}) >= 25
    assert len({s.id for s in SEEDS}) == len(SEEDS) >= 30


READING = ("gap", "unknown-amount-in-formula", "asked-twice", "dangling-citation", "unknown-value", "unknown-helper")
CHECKING = ("missing-text", "missing-page-text", "never-in-force", "secondary-as-official", "case-contradicts-rule")


@pytest.mark.parametrize("together", [READING, CHECKING], ids=["while reading", "while checking"])
def test_several_faults_are_found_at_once(law, together):
    seeds = [s for s in SEEDS if s.id in together]
    for seed in seeds:
        sow(law, seed)
    _, faults = check(shipped=law)
    found = [the_fault(faults, seed) for seed in seeds]
    assert len(set(found)) == len(together)
    assert faults == sorted(set(faults))


CHILD = """
- case: A child
  on: 2026-11-22
  like: Flower seller, all met
  facts: {person: {age: 17}}
  expect: {result: closed, because: {of-age: not_met}}
"""


def test_a_door_to_nowhere_is_told_though_a_case_leads_to_it(law):
    rule = law / RULE
    way_on = "eighteen.\n    instead: "
    rule.write_text(rule.read_text(encoding="utf-8").replace(f"{way_on}[market-stall]", f"{way_on}[market-stal]"))
    with (law / CASES).open("a", encoding="utf-8") as cases:
        cases.write(CHILD)
    _, faults = check(shipped=law)
    assert [(f.kind, "market-stal" in f.what) for f in faults] == [("unknown-pathway", True)]


def test_a_folder_that_is_not_there(tmp_path):
    read, faults = check(shipped=tmp_path / "nowhere")
    assert read is None
    assert [f.kind for f in faults] == ["no-law"]
