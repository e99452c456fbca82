"""A page as a person reads it: its visible text, its links, what it makes the browser fetch."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

_SILENT = {"script", "style", "title"}
_VOID = {"meta", "link", "br", "img", "input", "hr", "path", "circle", "line", "rect"}
_FETCHED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "image": "href", "use": "href"}


@dataclass
class Page(HTMLParser):
    """What stands on a page; `foreign` leaves out what is marked as written in another language."""

    html: str
    language: str = ""
    text: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, str, bool]] = []
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag in _FETCHED and _FETCHED[tag] in given:
            self.fetched.append(given[_FETCHED[tag]])
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload", "manifest"):
            self.fetched.append(given["href"])
        if tag not in _VOID:
            above = self._open[-1] if self._open else ("", "", False)
            cited = "cite" in given.get("class", "").split()
            self._open.append((tag, given.get("lang", above[1]), above[2] or cited or tag in _SILENT))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open, f"</{tag}> closes nothing"
            assert self._open[-1][0] == tag, f"</{tag}> closes <{self._open[-1][0]}>"
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not data.strip() or (self._open and self._open[-1][2]):
            return
        own = not self._open or self._open[-1][1] == self.language
        (self.text if own else self.foreign).append(" ".join(data.split()))

    @property
    def words(self) -> str:
        """The text in the page's own language; pinpoints of citations, which are in the law's language, left out."""
        return " ".join(self.text)


def read(client: Client, address: str) -> Page:
    """Return the page at an address, which must be there."""
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response.content.decode())


RAW = re.compile(r"\{[a-z_]+\}|\{\{|\}\}|\bNone$|undefined|TODO|lorem|Cite\(|Markup\(")
