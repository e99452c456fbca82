"""The changes of law as an Atom feed (RFC 4287), in the words of a language."""

from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree as ET

from sojourn.site.catalogue.history import Change, Moment
from sojourn.words.language import Words

_ATOM = "http://www.w3.org/2005/Atom"
MOST = 60
CHANGES = {"began": "New: {text}", "ended": "No longer: {text}"}


def atom(
    w: Words,
    listed: Iterable[Moment],
    title: str,
    here: str,
    page: str,
    address: dict[str, str],
) -> bytes:
    """Return the feed. here: its own address; page: of the page it goes with; address: of each pathway's page."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": w.language})
    _add(feed, "id", here)
    _add(feed, "title", title)
    _add(feed, "updated", _noon(w.law.read_until))
    _add(feed, "link", rel="self", href=here, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=page, type="text/html", hreflang=w.language)
    author = _add(feed, "author")
    _add(author, "name", "Sojourn")
    for moment in list(listed)[:MOST]:
        entry = _add(feed, "entry")
        link = page if moment.amounts else address[moment.pathways[0]]
        _add(entry, "id", f"{link}#{moment.day.isoformat()}")
        _add(entry, "title", f"{w.day(moment.day)}: {moment_title(w, moment)}")
        _add(entry, "updated", _noon(moment.day))
        _add(entry, "link", rel="alternate", href=link, type="text/html", hreflang=w.language)
        _add(entry, "summary", "\n".join(change_text(w, c) for c in moment.changes))
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def change_text(w: Words, change: Change) -> str:
    """Return a change in one sentence."""
    return w.say(CHANGES[change.kind], text=change.text) if change.kind in CHANGES else change.text


def moment_title(w: Words, moment: Moment) -> str:
    """Return what a moment is about: the pathway whose law changed, or amounts."""
    return w.say("Amounts") if moment.amounts else w.line(w.law.pathways[moment.pathways[0]], "title")


def _noon(day: date) -> str:
    return f"{day.isoformat()}T12:00:00Z"


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    made.text = text or None
    return made
