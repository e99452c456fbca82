"""How often one visitor may ask: a bucket of requests for each address and sort of request, refilled steadily.

Buckets live in the memory of a process, so with several workers a visitor has as many. Addresses are kept only as a
keyed digest, and are forgotten once the bucket is full again.
"""

import hashlib
import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class Rate:
    """A bucket: `burst` requests at once, `per_minute` in the long run."""

    burst: int
    per_minute: int


READING = Rate(600, 600)
WRITING = Rate(120, 120)
UPLOADS = Rate(20, 10)
FAMILIES = Rate(20, 10)
"""What one stay means for each two of a family takes seconds where little is known of many."""
MOST_BUCKETS = 50_000

_buckets: dict[tuple[str, bytes], tuple[float, float]] = {}


def visitor(request: HttpRequest) -> str:
    """Return the address of the visitor: the last one that a proxy of ours (SOJOURN_PROXIES) vouches for."""
    if settings.TRUSTED_PROXIES:
        told = [x.strip() for x in request.headers.get("X-Forwarded-For", "").split(",") if x.strip()]
        if len(told) >= settings.TRUSTED_PROXIES:
            return told[-settings.TRUSTED_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def rate_of(request: HttpRequest) -> tuple[str, Rate]:
    """Return the sort of request, and its rate."""
    if request.path_info.endswith(("/tools/family/", "/api/v1/household")):
        return "family", FAMILIES
    if request.method not in ("POST", "PUT", "PATCH", "DELETE"):
        return "read", READING
    upload = request.content_type == "multipart/form-data"
    return ("upload", UPLOADS) if upload else ("write", WRITING)


def allowed(request: HttpRequest, now: float | None = None) -> int:
    """Return 0 if the request may go on, else how many seconds to wait."""
    if request.path_info == "/healthz" or request.path_info.startswith(settings.STATIC_URL):
        return 0
    return wait_for(request, *rate_of(request), now)


def wait_for(request: HttpRequest, sort: str, rate: Rate, now: float | None = None) -> int:
    """Return 0 if the visitor may do this sort of thing now, else how many seconds to wait."""
    if not settings.RATE_LIMITS:
        return 0
    who = hashlib.blake2b(visitor(request).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=12).digest()
    return take((sort, who), rate, time.monotonic() if now is None else now)


def take(key: tuple[str, bytes], rate: Rate, now: float) -> int:
    """Take one request from a bucket; return 0, or the seconds until one is in it."""
    if len(_buckets) >= MOST_BUCKETS:
        _forget(now)
    left, since = _buckets.get(key, (float(rate.burst), now))
    left = min(rate.burst, left + (now - since) * rate.per_minute / 60)
    if left < 1:
        _buckets[key] = (left, now)
        return max(1, round((1 - left) * 60 / rate.per_minute))
    _buckets[key] = (left - 1, now)
    return 0


def _forget(now: float) -> None:
    """Forget the buckets that were not used for a minute; all of them if that leaves too many."""
    for key, (_, since) in list(_buckets.items()):
        if now - since > 60:
            del _buckets[key]
    if len(_buckets) >= MOST_BUCKETS:
        _buckets.clear()
