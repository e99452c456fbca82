"""The examples on the page about the API: three programs that ask the same thing. A test runs each of them."""

CURL = """\
curl -s {origin}/api/v1/match -H 'Content-Type: application/json' -d '{{
  "on": "2026-11-22",
  "facts": {{"person": {{"nationalities": ["PT"]}}, "activity": {{"kind": "self-employed", "region": "VLG"}}}},
  "pathways": ["be-vlg-professional-card"]
}}'
"""

PYTHON = """\
import json
from urllib.request import Request, urlopen

person = {{
    "on": "2026-11-22",
    "facts": {{"person": {{"nationalities": ["PT"]}}, "activity": {{"kind": "self-employed", "region": "VLG"}}}},
    "pathways": ["be-vlg-professional-card"],
}}
request = Request(
    "{origin}/api/v1/match",
    data=json.dumps(person).encode(),
    headers={{"Content-Type": "application/json"}},
)
with urlopen(request) as response:
    for finding in json.load(response)["findings"]:
        print(finding["pathway"], finding["result"], finding["decisive"])
"""

JAVASCRIPT = """\
const response = await fetch("{origin}/api/v1/match", {{
  method: "POST",
  headers: {{"Content-Type": "application/json"}},
  body: JSON.stringify({{
    on: "2026-11-22",
    facts: {{person: {{nationalities: ["PT"]}}, activity: {{kind: "self-employed", region: "VLG"}}}},
    pathways: ["be-vlg-professional-card"],
  }}),
}});
for (const finding of (await response.json()).findings) {{
  console.log(finding.pathway, finding.result, finding.decisive);
}}
"""


def examples(origin: str) -> dict[str, str]:
    """Return each program by the name of its language, for a server at `origin`."""
    return {name: text.format(origin=origin) for name, text in _ALL.items()}


_ALL = {"curl": CURL, "Python": PYTHON, "JavaScript": JAVASCRIPT}
