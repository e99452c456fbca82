"""The site as a process of its own, and visitors who speak HTTP to it; the tests of several workers use both."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

SOJOURN = Path(sys.executable).with_name("sojourn")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def served(data: Path, **settings: str) -> Iterator[str]:
    """Give the address of a site just started with its data in a folder; afterwards it must stop gracefully."""
    port = free_port()
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    env |= {"SOJOURN_DATA": str(data), "PORT": str(port), "SOJOURN_HOSTS": "127.0.0.1", **settings}
    process = subprocess.Popen([SOJOURN, "serve"], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{port}"
    assert process.stdout
    assert process.stderr
    try:
        for _ in range(200):
            assert process.poll() is None, process.stderr.read()
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=2):
                    break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        said, wrong = process.communicate(timeout=30)
        assert process.returncode == 0, f"the site does not stop gracefully: {wrong}"
        assert f"{address}/" in said, "the site says where it is"


class Visitor:
    """Somebody with a browser of their own, in whose tabs forms are filled in."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        with self.browser.open(self.address + path, timeout=20) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: Mapping[str, Any], page: str | None = None) -> str:
        """Send a form with the mark that its page carries; return the page one is led to."""
        (mark, *_) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page or self.get(path))
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": mark}, doseq=True).encode()
        with self.browser.open(self.address + path, body, timeout=20) as answer:
            return str(answer.read().decode())
