"""A profile file that a visitor brings: read with limits, its faults told in the visitor's language."""

import re

from django.core.files.uploadedfile import UploadedFile

from sojourn.decide.profile import Profile, parse_profile
from sojourn.law.faults import Fault, ProfileError
from sojourn.site.body import the_law
from sojourn.words.language import Words

MOST_BYTES = 1_000_000
MOST_TOLD = 20
FAULTS = {
    "too-large": "The file is too large: we read at most 1 MB.",
    "not-utf8": "The file is not a text file in UTF-8.",
    "syntax": "This cannot be read as YAML or JSON.",
    "alias": "Anchors and aliases (& and *) are not read. Write the value out.",
    "too-deep": "This is nested too deep for a profile.",
    "several-documents": "A second document begins here. Keep one in a file.",
    "key": "A key must be one word, followed by a colon.",
    "duplicate-key": "This stands twice. Keep one of the two.",
    "empty": "The file is empty.",
    "wrong-type": "This value has the wrong form.",
    "unknown-key": "We know nothing by this name.",
    "unknown-country": "No country has this code. Write two capital letters, such as MA.",
    "unknown-value": "This is not one of the possible values.",
    "empty-set": "Nobody has no nationality. Write [stateless] for a stateless person.",
    "wrong-band": "This ends before it begins.",
    "wrong-currency": "Convert the amount to euros.",
    "negative": "An amount cannot be below zero.",
    "out-of-bounds": "This number is outside what is possible.",
    "impossible-date": "This day does not exist, or lies outside any life.",
    "too-many": "List 12 others of your family at most: those who come along, and whoever they want to join.",
    "contradiction": "Two answers contradict each other.",
}


class ProfileRefusedError(Exception):
    """The file cannot be used; `told` says why, one sentence for each fault, in the visitor's language."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self.told = told


def read_upload(w: Words, upload: "UploadedFile[bytes] | None") -> Profile:
    """Return the profile in an uploaded file; raises ProfileRefusedError."""
    if upload is None:
        raise ProfileRefusedError([w.say("Choose a file first.")])
    if (upload.size or 0) > MOST_BYTES:
        raise ProfileRefusedError([w.say(FAULTS["too-large"])])
    raw = upload.read()
    try:
        return parse_profile(the_law(), raw)
    except ProfileError as error:
        lines = raw.decode("utf-8", "replace").splitlines()
        told = [fault_text(w, fault, lines) for fault in error.faults[:MOST_TOLD]]
        if len(error.faults) > MOST_TOLD:
            told.append(w.say("and {count} more faults.", count=len(error.faults) - MOST_TOLD))
        raise ProfileRefusedError(list(dict.fromkeys(told))) from None


def fault_text(w: Words, fault: Fault, lines: list[str]) -> str:
    """Return a fault in words, with its line."""
    phrase = FAULTS.get(fault.kind, FAULTS["wrong-type"])
    text = w.say(phrase)
    named = re.search(r"\[([\w-]+)\]$", fault.what) if fault.kind == "contradiction" else None
    if named:
        clash = next((c for c in w.law.contradictions if c.id == named[1]), None)
        says = clash and (w.texts.get("contradictions", {}).get(clash.id) or clash.says)
        return f"{text} {says}" if says else text
    if not 1 <= fault.line <= len(lines):
        return text
    shown = " ".join(lines[fault.line - 1].split())
    shown = f"{shown[:60]}…" if len(shown) > 60 else shown
    return f"{w.say('Line {number} ({text}):', number=fault.line, text=shown)} {text}"
