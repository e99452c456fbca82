"""Experiences and corrections as the database keeps them. They hold no name, address or account of anybody."""

import hashlib
import uuid

from django.db import models
from django.utils.crypto import salted_hmac


class State(models.TextChoices):
    """Where an entry stands."""

    WAITING = "waiting", "waiting"
    PUBLISHED = "published", "published"
    REFUSED = "refused", "refused"
    WITHDRAWN = "withdrawn", "withdrawn"


ENDINGS = {
    "granted": "Granted",
    "refused": "Refused",
    "waiting": "No decision yet",
    "withdrawn": "Withdrawn by me",
}
REGIONS = ("VLG", "BRU", "WAL", "DG")


def token_of(form: str) -> str:
    """Return the secret part of the private link of the entry that a form makes: the same when it is sent again."""
    return salted_hmac("experience", form, algorithm="sha256").hexdigest()[:40]


def digest(token: str) -> str:
    """Return what is kept of a private link: enough to know it again, not enough to make it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Experience(models.Model):
    """What one visitor tells about one pathway: a short text, a few facts, or both.

    key: digest of the private link. The link follows from the number of the form, which nobody else sees, so a form
    that is sent twice makes one entry.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pathway = models.CharField(max_length=80)
    language = models.CharField(max_length=2)
    text = models.TextField(blank=True)
    region = models.CharField(max_length=3, blank=True)
    filed = models.DateField(null=True, blank=True)
    decided = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    asked_for = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    flags = models.PositiveIntegerField(default=0)
    likeness = models.CharField(max_length=64, editable=False)
    key = models.CharField(max_length=64, unique=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created"]
        indexes = [
            models.Index(fields=["pathway", "state", "-created"], name="experience_shown"),
            models.Index(fields=["pathway", "likeness"], name="experience_likeness"),
        ]

    def __str__(self) -> str:
        return f"{self.pathway}: {self.text[:60]}"


class Correction(models.Model):
    """What a visitor says is wrong about one line of law, with the case as an entry for `cases.yaml`."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        ACCEPTED = "accepted", "accepted"
        REFUSED = "refused", "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pathway = models.CharField(max_length=80)
    line = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    text = models.TextField()
    source = models.TextField(blank=True)
    case = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.pathway}: {self.line}"
