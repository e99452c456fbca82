"""A family in the terminal."""

from pathlib import Path

import pytest

from tests.cli.inside import inside

FAMILY = Path(__file__).resolve().parents[2] / "examples" / "mixed-family.yaml"


@pytest.mark.parametrize(("lang", "says"), [
    ("en", "None of these pathways gives anybody of the family a stay of their own"),
    ("nl", "geeft geen van deze wegen iemand van het gezin een eigen verblijf"),
])  # fmt: skip
def test_of_pathways_not_asked_about_nothing_is_said(lang, says):
    said = " ".join(inside("household", FAMILY, "--pathway", "be-own-means", "--lang", lang).split())
    assert says in said
    assert "No stay is open to anybody" not in said, "the husband may register as a citizen of the EU"
