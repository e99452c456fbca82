"""What a line comes to, in words."""

import pytest

from sojourn.decide.body import load_law
from sojourn.decide.cases import finding_of
from sojourn.words.findings import verdict
from sojourn.words.language import Words

LAW = load_law()


@pytest.mark.parametrize(
    ("pathway", "case", "line", "says"),
    [
        ("be-au-pair", "Twenty-six", "under-twenty-six", "probably not met, by a secondary source alone"),
        ("be-vlg-single-permit", "Holder of a B card", "unlimited-stay", "probably so, by a secondary source alone"),
    ],
    ids=["a condition leans to no", "an exemption leans to yes"],
)
def test_a_secondary_source_leans_one_way(pathway: str, case: str, line: str, says: str) -> None:
    case_ = next(c for c in LAW.pathways[pathway].cases if c.name == case)
    found = finding_of(LAW, LAW.pathways[pathway], case_)
    assert verdict(Words(LAW, "en"), found.reason(line)) == says
