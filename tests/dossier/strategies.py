"""Generated dossiers: every kind of event, with any data it can carry."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from sojourn.dossier.events import ALWAYS, DATA, DOSSIER_FACTS, SHAPES, Event, Kind, make_event

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40).filter(str.strip)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
ANY = st.one_of(TEXTS, st.booleans(), st.integers(-(10**9), 10**9), st.lists(TEXTS, max_size=3))


def values(name: str, number: int) -> st.SearchStrategy:
    datum = DATA[name]
    return {
        "text": TEXTS,
        "id": IDS,
        "ids": st.lists(IDS, max_size=3),
        "day": DAYS.map(date.isoformat),
        "money": st.integers(0, 10**7).map(lambda cents: f"{cents // 100}.{cents % 100:02d} EUR"),
        "country": st.sampled_from(["BE", "MA", "US", "NO"]),
        "language": st.sampled_from(["nl", "fr", "ar"]),
        "event": st.integers(1, max(1, number - 1)),
        "choice": st.sampled_from(sorted(datum.values) or ["none"]),
        "any": ANY,
    }[datum.type]


@st.composite
def events(draw: st.DrawFn, most: int = 8) -> list[Event]:
    out: list[Event] = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        kinds = [k for k in Kind if number > 1 or k not in (Kind.CORRECTED, Kind.NOTIFIED)]
        kind = draw(st.sampled_from(kinds))
        shape = SHAPES[kind]
        may = [n for n in (*shape.may, *ALWAYS) if number > 1 or DATA[n].type != "event"]
        names = [*shape.needs, *draw(st.lists(st.sampled_from(may), unique=True, max_size=3))]
        data = {n: draw(values(n, number)) for n in names}
        if data.get("fact") in DOSSIER_FACTS:
            data["fact"] = "residence.country"
        corrects = draw(st.integers(1, number - 1)) if kind is Kind.CORRECTED else None
        if corrects is None and number > 1 and draw(st.booleans()):
            corrects = draw(st.integers(1, number - 1))
        source = draw(st.one_of(st.just(""), TEXTS))
        out.append(make_event(number, kind, draw(DAYS), NOW, data, source, corrects))
    return out
