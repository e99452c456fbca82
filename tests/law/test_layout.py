"""Which files of a law folder must be read by something."""

from sojourn.law.layout import strays


def test_what_tools_keep_in_hidden_folders_is_no_law(tmp_path):
    for name in (".github/workflows/check.yml", ".notes.yaml", "be/.idea/x.yaml", "be/stall/rule.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x: y\n", encoding="utf-8")
    assert list(strays(tmp_path, ("en", "nl"))) == []
    (tmp_path / "be/stall/rules.yaml").write_text("x: y\n", encoding="utf-8")
    assert [f.kind for f in strays(tmp_path, ("en", "nl"))] == ["stray-file"]
