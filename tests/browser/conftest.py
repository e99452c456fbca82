"""The site as a real process, and a real Chromium in front of it."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench.visitor import served

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PHONE, DESKTOP, NARROW = {"width": 375, "height": 667}, {"width": 1280, "height": 900}, {"width": 320, "height": 640}

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a site that was just started, with a database of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="sojourn-browser-") as data,
        served(Path(data), SOJOURN_NO_RATE_LIMITS="1") as address,
    ):
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium; without one the tests are skipped on somebody's machine, and fail in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        if os.environ.get("CI"):
            pytest.fail("no chromium: run scripts/chromium first")
        pytest.skip("NO CHROMIUM: the journeys through a real browser were not made (see scripts/chromium)")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_(chromium: Browser, site: str) -> Iterator[Opened]:
    """Open a browser of somebody new: `open_("nl", PHONE, scripts=False)`; fails if a page asks another host."""
    contexts = []

    def make(language: str, size: dict[str, int] = DESKTOP, *, scripts: bool = True, **options) -> Page:
        context = chromium.new_context(
            base_url=site, viewport=size, java_script_enabled=scripts, locale=language, accept_downloads=True, **options
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        strangers: list[str] = []
        page.on("request", lambda r: None if r.url.startswith((site, "data:")) else strangers.append(r.url))
        page.on("console", lambda m: strangers.append(m.text) if "Content Security Policy" in m.text else None)
        page.strangers = strangers
        return page

    yield make
    for context in contexts:
        for page in context.pages:
            assert getattr(page, "strangers", []) == [], "a page asked another host, or broke its own policy"
        context.close()
