"""Worked cases: what must come out, held against what does."""

from collections.abc import Iterator

from sojourn.decide.assess import engine
from sojourn.decide.finding import Finding
from sojourn.decide.profile import profile_of
from sojourn.law.faults import Fault, ProfileError
from sojourn.law.model import Case, Law, Pathway
from sojourn.law.yaml12 import Document

WORDS = (
    "met", "not_met", "contested", "appraised", "secondary", "not_asked", "not_known", "declined", "band",
    "not_modelled", "no_rule_known", "below_reference",
)  # fmt: skip


def finding_of(law: Law, pathway: Pathway, case: Case) -> Finding:
    """Return the finding for a case; raises ProfileError when its facts have faults."""
    document = Document(f"{pathway.folder}/cases.yaml", {"facts": case.facts}, {(): case.line})
    profile = profile_of(law, document, on=case.on)
    return engine(law).find(pathway, profile.facts, case.on)


def differences(law: Law, pathway: Pathway, case: Case) -> Iterator[Fault]:  # noqa: C901  one step a kind of expectation
    """Yield what comes out otherwise than the case expects."""
    file = f"{pathway.folder}/cases.yaml"

    def differs(what: str) -> Fault:
        mend = f"Correct the case or the rule{f' ({case.why})' if case.why else ''}."
        return Fault(file, case.line, "case-contradicts-rule", f'case "{case.name}": {what}', mend)

    try:
        f = finding_of(law, pathway, case)
    except ProfileError as error:
        yield from (Fault(file, case.line, "bad-case", f'case "{case.name}": {x.what}', x.mend) for x in error.faults)
        return
    x = case.expect
    if "result" in x and x["result"] != f.result:
        carried = ", ".join(f"{r.entry.id} {r.word}" for r in f.decisive) or "no rule known"
        yield differs(f"expects {x['result']}, the rule gives {f.result} ({carried})")
    if x.get("instead") is not None and x["instead"] not in f.instead:
        yield differs(f"expects {x['instead']} instead, the rule names {', '.join(f.instead) or 'nothing'}")
    words = {r.entry.id: r.word for r in f.reasons}
    for id, word in x.get("because", {}).items():
        if word not in WORDS:
            yield differs(f'"{word}" is no word for a reason; use one of {", ".join(WORDS)}')
        elif id not in words:
            yield differs(f"expects a reason {id}, which the rule does not have on {case.on}")
        elif words[id] != word:
            yield differs(f"expects {id} to be {word}, the rule gives {words[id]}")
    kinds = {c.kind for c in f.cautions} | {c.entry.id for c in f.cautions if c.entry}
    for kind in x.get("cautions", []):
        if kind not in kinds:
            yield differs(f"expects the caution {kind}; there are: {', '.join(sorted(kinds)) or 'none'}")
    for kind in x.get("no_cautions", []):
        if kind in kinds:
            yield differs(f"expects no caution {kind}")
    weighs = {e.id for e in f.weighs}
    for id in x.get("weighs", []):
        if id not in weighs:
            yield differs(f"expects {id} to be weighed; weighed: {', '.join(sorted(weighs)) or 'nothing'}")
    for fact in x.get("missing", []):
        if fact not in f.missing:
            yield differs(f"expects {fact} to be missing; missing: {', '.join(f.missing) or 'nothing'}")
    channels = {e.id: r for e, r in f.channels}
    for id, result in x.get("channels", {}).items():
        if channels.get(id) != result:
            yield differs(f"expects the channel {id} to be {result}, the rule gives {channels.get(id, 'none')}")
    anchors = {a.entry.id: a.stands for a in f.anchors}
    for id, stands in x.get("anchors", {}).items():
        if anchors.get(id) != stands:
            yield differs(f"expects the anchor {id} to be {stands}, the rule gives {anchors.get(id, 'none')}")
