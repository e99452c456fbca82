"""The review sheet shows all that a jurist signs, as the author wrote it."""

import shutil
from pathlib import Path

import pytest

from sojourn.cli.procedure_sheet import procedure_sheet
from sojourn.cli.sheet import says_the_title, sheet
from sojourn.decide.body import load_law
from sojourn.law.amounts import row_on, worth
from sojourn.law.basis import basis, cites_of
from sojourn.law.model import Disputed, NotModelled, OfAmount, Pathway, Reaches, Weighed, walk
from sojourn.words.conflicts import CONFLICT
from sojourn.words.language import Words

SMALL = Path(__file__).parents[1] / "law" / "small"
LAW = load_law()
LANGUAGES = ("en", "nl", "fr", "de")


def packed(text: str) -> str:
    """Return the text without spaces, so that it does not matter where a line ends."""
    return "".join(text.split())


@pytest.fixture(scope="module", params=[(p, x) for p in LAW.pathways for x in LANGUAGES], ids=" ".join)
def read(request):
    """Return a pathway, the words of a language and the sheet in it."""
    id, language = request.param
    words = Words(LAW, language)
    return LAW.pathways[id], words, packed(sheet(words, LAW.pathways[id]))


def lacking(texts: list[str], told: str) -> list[str]:
    return [text for text in texts if packed(text) not in told]


def test_every_sentence_is_whole(read):
    pathway, words, told = read
    texts = [words.line(pathway, "title"), *pathway.terms.values(), *words.not_modelled(pathway)]
    for e in pathway.entries:
        texts.append(words.line(pathway, e.id))
        texts += [words.line(pathway, f"{e.id}.better")] if e.better else []
        texts += [words.line(pathway, f"{e.id}.lasts")] if e.lasts else []
        texts += [quote for _, quote in e.quote] + list(e.instead)
        for t in walk(e.test):
            if isinstance(t, Disputed):
                texts += [words.line(pathway, f"{e.id}.{r.id}") for r in t.readings]
            if isinstance(t, NotModelled):
                texts.append(words.line(pathway, t.key))
    assert lacking(texts, told) == []


def test_every_pinpoint_and_every_source_with_its_address(read):
    pathway, _, told = read
    cites = [c for e in pathway.entries for c in cites_of(e)]
    assert lacking([c.at for c in cites], told) == []
    for source in (LAW.sources[c.source] for c in cites):
        address = source.url.removeprefix("https://")
        assert packed(address) in told
        assert packed(source.title) in told or says_the_title(address, source.title)


def test_who_weighs_and_helps_and_the_evidence(read):
    pathway, words, told = read
    weighed = [t for e in pathway.entries for t in (e, *walk(e.test)) if t is e or isinstance(t, Weighed)]
    by = {x.by for x in weighed if x.by}
    assert lacking([words.helper(x) for x in (*by, *pathway.who_helps)], told) == []
    assert lacking([words.evidence(id) for x in weighed for id in x.shown_by], told) == []


def test_every_amount_with_its_value_of_the_day(read):
    pathway, words, told = read
    tests = [t for e in pathway.entries for t in walk(e.test) if isinstance(t, Reaches)]
    ids = [t.threshold.amount for t in tests if isinstance(t.threshold, OfAmount)]
    for id in [*ids, *(e.amount for e in pathway.of("anchor"))]:
        value = worth(LAW.amounts, id, LAW.read_until)
        shown = f"{words.money(value.low)}" if value.low is not None else "not known"
        if value.low is not None and LAW.amounts[id].facts:
            shown = f"from {shown}, by {LAW.amounts[id].facts[0]}"
        assert packed(f"{id} {{{shown}}}") in told
        assert packed(words.amount(id)) in told
    assert all(packed(LAW.amounts[id].formula) in told for id in ids)


def test_what_is_printed_otherwise_stands_beside_each_amount(read):
    """All of it; where room is short that of the row of the day, and how much stands elsewhere."""
    pathway, words, told = read
    for amount in (LAW.amounts[id] for id in basis(LAW, pathway).amounts):
        short = packed("on other days, in law/amounts/") in told
        rows = amount.rows if not short else [row for row in amount.rows if row is row_on(amount, LAW.read_until)]
        shown = [(row.first, c) for row in rows for c in row.conflicts]
        for first, c in shown:
            printed = str(c.day) if c.cents is None else words.money(c.cents)
            assert packed(f"{printed}{' a year' if c.yearly else ''} for {first} [") in told
            assert packed(f"{c.at} ({CONFLICT[c.fault]})") in told
        left = sum(len(row.conflicts) for row in amount.rows) - len(shown)
        assert not left or packed(f"{left} on other days, in law/amounts/") in told


def test_the_sheet_of_a_procedure_tells_which_fees_are_printed_otherwise():
    told = " ".join(procedure_sheet(Words(LAW, "en"), LAW.pathways["be-own-means"]).split())
    assert "printed otherwise: €366.00 for 2023-01-01 [" in told
    assert "(the amount of another kind of application)" in told


def test_nothing_is_cut(read):
    _, _, told = read
    assert "…" not in told.replace("{€…}", "")


@pytest.fixture
def stall(tmp_path, monkeypatch):
    """Return a function that gives the sheet of the small body of law with one comparison in it changed."""
    monkeypatch.setenv("SOJOURN_CACHE", "")
    shutil.copytree(SMALL, tmp_path / "law")

    def changed(old: str, new: str) -> str:
        path = tmp_path / "law" / "be" / "market-stall" / "rule.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        law = load_law(shipped=tmp_path / "law")
        pathway: Pathway = law.pathways["market-stall"]
        return " ".join(sheet(Words(law, "en"), pathway).split())

    return changed


AGE = "{fact: person.age, at_least: 18}"
LEASE = "not_older_than: {months: 6}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (AGE, AGE, "person.age ≥ 18 years"),
        (AGE, "{fact: person.age, at_most: 0}", "person.age ≤ 0 years"),
        (AGE, "{fact: person.age, more_than: 17}", "person.age > 17 years"),
        (AGE, "{fact: person.age, less_than: 18}", "person.age < 18 years"),
        (AGE, "{fact: person.age, is: 18}", "person.age is 18 years"),
        (AGE, "{fact: person.age, is_not: 18}", "person.age is not 18 years"),
        ('more_than: "1000 EUR"', 'more_than: "0 EUR"', "stall.savings > €0.00"),
        ("at_least: {amount: deposit}", "more_than: {amount: deposit}", "stall.savings > deposit {€650.50}"),
        ("at_least: {amount: deposit}", "at_most: {amount: deposit}", "stall.savings ≤ deposit {€650.50}"),
        ("is_not: BE", "is_not: FR", "person.residence is not FR"),
        ("any_in: [music]", "none_in: [music]", "stall.permits has none of music"),
        (LEASE, LEASE, "stall.lease_signed not older than 6 months"),
        (
            f"stall.lease_signed, {LEASE}",
            "stall.lease_signed, after: 2020-01-01",
            "stall.lease_signed > 1 January 2020",
        ),
        (f"stall.lease_signed, {LEASE}", "stall.lease_signed, before: filing-day", "stall.lease_signed < filing day"),
        (
            f"stall.lease_signed, {LEASE}",
            "stall.lease_signed, ahead: {days: 60}",
            "stall.lease_signed at least 60 days ahead",
        ),
        (
            f"{{fact: stall.lease_signed, {LEASE}}}",
            "{not: {fact: stall.lease_signed, ahead: {months: 2}}}",
            "stall.lease_signed less than 2 months ahead",
        ),
        ("is: BE", "is: BE", "3 working days + 1 month passed since stall.lease_signed"),
    ],
    ids=lambda x: x if "{" not in x else "",
)
def test_a_comparison_reads_as_the_author_wrote_it(stall, old, new, told):
    assert told in stall(old, new)
