"""The deadlines that the bench reckons by hand are ours."""

from datetime import timedelta
from pathlib import Path

import pytest

from bench import dossiers
from bench.references import deadlines
from sojourn.decide.body import load_law
from sojourn.dossier.state import state

LAW = load_law()


@pytest.mark.parametrize("within", [0, 7, 400])
def test_the_reference_by_hand_finds_the_same_days(
    within: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers.folder_of(tmp_path, 300)
    monkeypatch.setattr(dossiers, "WEEK", within)
    found = dossiers.scan(LAW, tmp_path)
    assert found == deadlines.scan(tmp_path, dossiers.ON, within)
    assert found


def test_the_long_dossier_is_one_that_has_a_state() -> None:
    events = dossiers.long_one()
    assert len(events) == 1_000
    for day in (dossiers.ON, dossiers.ON - timedelta(700)):
        assert state(LAW, dossiers.PATHWAY, events, day).stages
