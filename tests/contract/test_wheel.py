"""The wheel carries the law: installed elsewhere, it answers."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_installed_elsewhere_it_answers(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=True, symlinks=True)
    python = tmp_path / "env" / "bin" / "python"
    pip = [python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    ours = next(p for p in sys.path if p.endswith("site-packages"))
    site = next((tmp_path / "env" / "lib").glob("python*/site-packages"))
    # the dependencies of this environment, without the editable install of sojourn itself
    (site / "borrowed.pth").write_text(ours + "\n")
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {
        "SOJOURN_CACHE": str(tmp_path / "cache")
    }
    code = "import sojourn; print(sojourn.__file__)"
    where = subprocess.run([python, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert str(site) in where.stdout
    command = [
        tmp_path / "env" / "bin" / "sojourn",
        "match",
        ROOT / "examples" / "ghent-designer.yaml",
        "--format",
        "json",
    ]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    results = {f["pathway"]: f["result"] for f in json.loads(done.stdout)["findings"]}
    assert results["be-vlg-professional-card"] == "open"
    listed = subprocess.run(
        [python, "-c", "from sojourn.law.store import shipped_law; print(shipped_law())"],
        cwd=tmp_path, env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert str(site) in listed.stdout
