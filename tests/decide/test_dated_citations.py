"""A day is explained by the law of that day: citations with a period of their own."""

from datetime import date

import pytest

from sojourn.cli.render import Page, explain_text, match_text
from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.decide.profile import profile_from
from sojourn.decide.report import finding_json
from sojourn.words.language import Words

LAW = load_law()
CARD = "be-vlg-professional-card"
ACT, DECREE = "act-1965-02-19", "vl-decree-2021-10-15"


def found(on: date, **facts: object):
    known = profile_from(LAW, {id.replace("__", "."): value for id, value in facts.items()}, on).facts
    return assess(LAW, known, on, [CARD])[0], known


@pytest.mark.parametrize(("on", "source"), [(date(2021, 12, 31), ACT), (date(2022, 1, 1), DECREE)])
@pytest.mark.parametrize("line", ["some-work", "self-employed", "not-for-employer-abroad", "belgian-national"])
def test_each_line_cites_what_held_on_the_day(line, on, source):
    finding, known = found(on)
    cited = {r["condition"]: r["source"]["source"] for r in finding_json(LAW, finding, known)["reasons"]}
    assert cited[line] == source


@pytest.mark.parametrize(("on", "source"), [(date(2021, 12, 31), ACT), (date(2022, 1, 1), DECREE)])
def test_people_read_it_so_too(on, source):
    finding, known = found(on, activity__kind="none")
    words, short, long = Words(LAW, "en"), Page(90, colour=False), Page(90, colour=False)
    match_text(words, [finding], on, short)
    explain_text(words, finding, known, long)
    other = ({ACT, DECREE} - {source}).pop()
    title, later = (" ".join(LAW.sources[id].title.split()[:12]) for id in (source, other))
    assert title in " ".join(str(short).split())
    assert later not in " ".join(str(short).split())
    assert title in " ".join(str(long).split())


def test_a_caution_cites_what_held_on_the_day():
    facts = {"activity__kind": "self-employed", "activity__region": "VLG", "residence__ground": ["work"]}
    for on, source in ((date(2021, 12, 31), ACT), (date(2022, 1, 1), "vl-page-categories-nl")):
        finding, known = found(on, **facts)
        details = finding_json(LAW, finding, known)["caution_details"]
        assert [d["source"]["source"] for d in details if d["condition"] == "permit-for-a-job"] == [source]
