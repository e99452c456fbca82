"""Pages that are the same for everybody: rendered once for a body of law, a language and a day, kept compressed."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

MOST = 1_000
"""Pages that are kept at most: about 20 KB each."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A rendered page, compressed, and the mark by which a browser knows that it has it already."""

    zipped: bytes
    mark: str
    type: str


_kept: OrderedDict[Hashable, Kept] = OrderedDict()
_lock = Lock()


def keep(
    request: HttpRequest, key: Hashable, make: Callable[[], str | bytes], kind: str = "text/html; charset=utf-8"
) -> HttpResponse:
    """Return the page under `key`, made by `make` the first time; 304 where the browser has it.

    key: everything the page depends on. Nothing of a person may be in the page.
    """
    page = _find(key) or _add(key, make(), kind)
    if request.headers.get("If-None-Match", "") == page.mark:
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.zipped, content_type=page.type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(page.zipped), content_type=page.type)
    response.headers["ETag"] = page.mark
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response


def _find(key: Hashable) -> Kept | None:
    page = _kept.get(key)
    if page:
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
    return page


def _add(key: Hashable, made: str | bytes, kind: str) -> Kept:
    body = made.encode() if isinstance(made, str) else made
    page = Kept(gzip.compress(body, 9, mtime=0), f'"{hashlib.sha256(body).hexdigest()[:20]}"', kind)
    with _lock:
        _kept[key] = page
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return page
