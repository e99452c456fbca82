"""The regions of a country side by side, in the terminal."""

from collections.abc import Sequence
from datetime import date

from sojourn.cli.render import Page
from sojourn.decide.finding import Finding
from sojourn.words.language import Words
from sojourn.words.told import Told, tell

_MOST_MISSING = 3


def regions_text(w: Words, rows: Sequence[Sequence[Finding]], on: date, page: Page) -> str:
    """Return for each route what the facts come to in each region, and what the regions then differ in."""
    page.add(w.say("Assessed for {day}.", day=w.day(on)))
    page.add(
        w.say("What your answers would come to if your plan were in each region. Everything else stays as you said.")
    )
    for row in rows:
        page.add()
        told = [tell(w, f) for f in row]
        same = told[0].gate_fails and all(t.gate_fails and _points(t) == _points(told[0]) for t in told)
        for t in told:
            page.add(f"{t.sign} {t.title}{w.colon} {t.heading}", style="1")
            if not same:
                _differs(w, t, page)
        if same:
            _differs(w, told[0], page)
    return str(page)


def _points(told: Told) -> list[str]:
    return [x.text for x in told.points]


def _differs(w: Words, told: Told, page: Page) -> None:
    for x in told.points:
        page.add(f"{x.text} — {x.verdict}" if x.verdict else x.text, 2, f"{x.sign} ")
    for way in told.ways:
        page.add(f"{way.text} — {way.heading}", 2, "→ ")
    if told.missing:
        some = [m.text for m in told.missing[:_MOST_MISSING]]
        more = " …" if len(told.missing) > _MOST_MISSING else ""
        page.add(f"{w.say('What we still need to know:')} {'; '.join(some)}{more}", 2)
    for c in told.warned:
        page.add(f"{c.title}{w.colon} {c.text}" if c.text else c.title, 2, "! ")
