"""What holds for every request to the API: other sites' pages may read it, and what goes wrong is a problem in JSON."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sojourn.site.api.problems import is_api, problem

Handler = Callable[[HttpRequest], HttpResponse]
_READABLE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After"}
_PREFLIGHT = {
    **_READABLE,
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_DETAIL = {
    400: "The body is no JSON that we can read.",
    404: "Nothing stands at this address; /api/v1/openapi.json lists what does.",
    405: "Use one of the methods that the header Allow names.",
    413: "Send less: a profile has at most 200 kB here.",
    429: "Wait as many seconds as the header Retry-After says.",
    500: "Nothing was kept of your request. Try again; if it stays, tell us the address and the time.",
}


def api(get_response: Handler) -> Handler:
    """Answer preflights, let other origins read, and turn every refusal into a problem."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not is_api(request):
            return get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=_PREFLIGHT)
        response = get_response(request)
        if response.status_code >= 400 and "json" not in response.headers.get("Content-Type", ""):
            kept = {k: response.headers[k] for k in ("Allow", "Retry-After", "Connection") if k in response.headers}
            response = problem(response.status_code, _DETAIL.get(response.status_code, "See the status."), headers=kept)
        for name, value in _READABLE.items():
            response.headers[name] = value
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return handle
