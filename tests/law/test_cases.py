"""Every worked case beside the law holds."""

import pytest

from sojourn.decide.body import load_law
from sojourn.decide.cases import differences
from sojourn.law.model import Case, Pathway

LAW = load_law()


@pytest.mark.parametrize(
    ("pathway", "case"), [pytest.param(p, c, id=f"{p.id}: {c.name}") for p in LAW.pathways.values() for c in p.cases]
)
def test_case(pathway: Pathway, case: Case) -> None:
    assert not [str(d) for d in differences(LAW, pathway, case)]
