"""The page about the API in four languages; each of its examples runs as it stands against a real server."""

import os
import shutil
import subprocess
import sys
import threading
from html import unescape
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from sojourn.site.api.examples import examples
from sojourn.site.wsgi import application

LANGUAGES = ["en", "nl", "fr", "de"]
TOOLS = {"curl": "curl", "Python": sys.executable, "JavaScript": "node"}


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def origin():
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_each_example(client, language):
    page = client.get(f"/{language}/api/", headers={"Host": "localhost:8000"})
    assert page.status_code == 200
    told = unescape(page.content.decode())
    for text in examples("http://localhost:8000").values():
        assert text.strip() in told


@pytest.mark.parametrize("name", TOOLS)
def test_each_example_runs_as_it_stands(origin, tmp_path, name):
    tool = shutil.which(TOOLS[name])
    if tool is None:
        assert "CI" not in os.environ, f"{TOOLS[name]} is missing in CI"
        pytest.skip(f"{TOOLS[name]} IS NOT INSTALLED HERE: the {name} example was not run")
    text = examples(origin)[name]
    file = tmp_path / {"curl": "example.sh", "Python": "example.py", "JavaScript": "example.mjs"}[name]
    file.write_text(text)
    run = [shutil.which("bash") if name == "curl" else tool, str(file)]
    told = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    assert "be-vlg-professional-card" in told.stdout
    assert "not_needed" in told.stdout
