"""The cache of compiled law: an edited file is never missed, a broken or foreign cache never used."""

import os
import pickle
import shutil
from pathlib import Path

import pytest

from sojourn.decide import body, forms
from sojourn.decide.assess import assess
from sojourn.decide.body import load_law
from sojourn.law.faults import LawError
from sojourn.law.store import cache_folder

SMALL = Path(__file__).parent / "small"
RULE = "be/market-stall/rule.yaml"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("SOJOURN_CACHE", str(folder))
    return folder


@pytest.fixture
def law(tmp_path):
    folder = tmp_path / "law"
    shutil.copytree(SMALL, folder)
    return folder


@pytest.fixture
def builds(monkeypatch):
    """Return the list of digests that were built rather than found."""
    done = []
    real = body.build

    def build(folders, digest):
        done.append(digest)
        return real(folders, digest)

    monkeypatch.setattr(body, "build", build)
    return done


def test_the_second_time_it_comes_from_the_cache(law, kept, builds):
    first, second = load_law(shipped=law), load_law(shipped=law)
    assert len(builds) == 1
    assert second.digest == first.digest
    assert second.pathways == first.pathways
    assert len(list(kept.glob("law-*"))) == 1


@pytest.mark.parametrize(
    "file", [RULE, "amounts/deposit.yaml", "facts.yaml", "be/market-stall/texts/nl.yaml", "be/market-stall/cases.yaml"]
)
def test_an_edit_is_never_missed(law, kept, builds, file):
    before = load_law(shipped=law)
    path = law / file
    stat = path.stat()
    text = path.read_text(encoding="utf-8")
    edited = text.removesuffix("\n") + " "  # the same size: the last line end becomes a blank
    assert len(edited) == len(text)
    assert edited != text
    path.write_text(edited, encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size
    assert path.stat().st_mtime_ns == stat.st_mtime_ns
    after = load_law(shipped=law)
    assert after.digest != before.digest
    assert len(builds) == 2


def test_what_was_edited_is_what_is_read(law, kept):
    assert load_law(shipped=law).pathways["market-stall"].title == "Market stall"
    path = law / RULE
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: Market stall", "title: Market STALL"), encoding="utf-8"
    )
    assert load_law(shipped=law).pathways["market-stall"].title == "Market STALL"


def test_a_file_added_or_renamed_is_never_missed(law, kept, builds):
    digests = {load_law(shipped=law).digest}
    (law / "amounts/deposit.yaml").rename(law / "amounts/deposit-series.yaml")
    digests.add(load_law(shipped=law).digest)
    text = (law / "amounts/deposit-series.yaml").read_text(encoding="utf-8")
    (law / "amounts/more.yaml").write_text(text.replace("amount: deposit", "amount: more"), encoding="utf-8")
    digests.add(load_law(shipped=law).digest)
    assert len(digests) == len(builds) == 3


@pytest.mark.parametrize(
    "junk", [b"", b"junk", pickle.dumps({"not": "a law"}), pickle.dumps(None)], ids=["empty", "junk", "dict", "none"]
)
def test_a_corrupted_cache_is_passed_over(law, kept, junk):
    before = load_law(shipped=law)
    (file,) = kept.glob("law-*")
    file.write_bytes(junk)
    after = load_law(shipped=law)
    assert getattr(after, "digest", None) == before.digest
    assert load_law(shipped=law).pathways == before.pathways


def test_half_a_cache_is_passed_over(law, kept):
    before = load_law(shipped=law)
    (file,) = kept.glob("law-*")
    file.write_bytes(file.read_bytes()[:-100])
    assert load_law(shipped=law).pathways == before.pathways


def test_an_answer_reads_no_more_than_it_needs(law, kept):
    load_law(shipped=law)
    read = load_law(shipped=law)
    stall = read.pathways["market-stall"]
    assess(read, {}, read.read_until)
    assert "entries" in vars(stall)
    assert {"procedure", "cases", "texts", "pages"}.isdisjoint(vars(stall))
    assert {"sources", "time_limits", "legalisation"}.isdisjoint(vars(read))


def forms_made(monkeypatch):
    """Return the list of pathways whose exact form is made rather than found, as it grows."""
    made = []
    real = forms.segments

    def segments(law, pathway):
        made.append(pathway.id)
        return real(law, pathway)

    monkeypatch.setattr(forms, "segments", segments)
    return made


def replace_in(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "anew"),
    [
        (RULE, "title: Market stall", "title: Market STALL", False),
        (RULE, "at_least: 18}", "at_least: 21}", True),
        ("amounts/deposit.yaml", '"650.50 EUR"', '"651.50 EUR"', True),
        ("sources.yaml", "title: ", "title: The ", False),
    ],
    ids=["a word", "a test", "an amount", "a source"],
)
def test_exact_forms_are_made_anew_when_what_they_rest_on_changes(law, kept, monkeypatch, file, old, new, anew):
    load_law(shipped=law)
    made = forms_made(monkeypatch)
    replace_in(law / file, old, new)
    read = load_law(shipped=law)
    assert made == (["market-stall"] if anew else [])
    stall = read.pathways["market-stall"]
    assert read.compiled["forms"].segments("market-stall") == forms.segments(read, stall), "as if made anew"


def test_no_cache_where_others_may_write(tmp_path, monkeypatch, law, builds):
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    monkeypatch.setenv("SOJOURN_CACHE", str(folder))
    assert cache_folder() is None
    load_law(shipped=law)
    assert list(folder.iterdir()) == []


def test_no_cache_when_it_is_switched_off(monkeypatch, law, builds):
    monkeypatch.setenv("SOJOURN_CACHE", "")
    load_law(shipped=law)
    load_law(shipped=law)
    assert len(builds) == 2


def test_a_cache_that_cannot_be_made(monkeypatch, tmp_path, law):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("SOJOURN_CACHE", str(tmp_path / "file" / "below"))
    assert cache_folder() is None
    assert load_law(shipped=law).pathways


def test_only_a_few_are_kept(law, kept):
    path = law / "amounts/deposit.yaml"
    for i in range(12):
        path.write_text(f"{path.read_text(encoding='utf-8')}# {i}\n", encoding="utf-8")
        load_law(shipped=law)
    assert len(list(kept.glob("law-*"))) <= 8


def test_a_faulty_law_is_not_kept(law, kept):
    (law / RULE).write_text("pathway: x\n", encoding="utf-8")
    with pytest.raises(LawError):
        load_law(shipped=law)
    assert list(kept.iterdir()) == []


def folder_of_ones_own(tmp_path, id, title):
    mine = tmp_path / "mine"
    shutil.copytree(SMALL / "be", mine / "be")
    path = mine / RULE
    text = path.read_text(encoding="utf-8").replace("title: Market stall", f"title: {title}")
    path.write_text(text.replace("pathway: market-stall", f"pathway: {id}"), encoding="utf-8")
    steps = path.with_name("procedure.yaml")
    steps.write_text(steps.read_text(encoding="utf-8").replace("pathway: market-stall", f"pathway: {id}"), "utf-8")
    return mine


def test_a_folder_adds(tmp_path, law, kept):
    mine = folder_of_ones_own(tmp_path, "my-stall", "My stall")
    read = load_law(mine, shipped=law)
    assert {p.id: p.title for p in read.pathways.values()} == {"market-stall": "Market stall", "my-stall": "My stall"}
    assert list(load_law(shipped=law).pathways) == ["market-stall"], "the cache keeps the two apart"


def test_a_folder_overrides(tmp_path, law, kept):
    mine = folder_of_ones_own(tmp_path, "market-stall", "My stall")
    (mine / "amounts").mkdir()
    amount = (law / "amounts/deposit.yaml").read_text(encoding="utf-8").replace('"650.50 EUR"', '"700 EUR"')
    (mine / "amounts/deposit.yaml").write_text(amount, encoding="utf-8")
    read = load_law(mine, shipped=law)
    assert [p.title for p in read.pathways.values()] == ["My stall"]
    assert read.amounts["deposit"].rows[2].low == 70000
    assert load_law(shipped=law).amounts["deposit"].rows[2].low == 65050


def test_the_later_folder_wins(tmp_path, law, kept):
    mine = folder_of_ones_own(tmp_path, "market-stall", "My stall")
    assert load_law(mine, law, shipped=law).pathways["market-stall"].title == "Market stall"
    assert load_law(law, mine, shipped=law).pathways["market-stall"].title == "My stall"


def test_a_folder_may_replace_a_convention_for_every_limit(tmp_path, monkeypatch):
    monkeypatch.setenv("SOJOURN_CACHE", "")
    mine = tmp_path / "mine"
    (mine / "be").mkdir(parents=True)
    shipped = (SMALL / "be" / "time-limits.yaml").read_text(encoding="utf-8")
    convention = shipped[shipped.index("conventions:") : shipped.index("limits:")]
    text = convention.replace("last_day: moves", "last_day: stays")
    (mine / "be" / "time-limits.yaml").write_text(text, encoding="utf-8")
    before, after = (
        [c.rolls for r in law.time_limits.limits["stall-appeal"][-1].readings for c in r.countings]
        for law in (load_law(shipped=SMALL), load_law(mine, shipped=SMALL))
    )
    assert (set(before), set(after)) == ({True}, {False})
