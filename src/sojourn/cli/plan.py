"""`sojourn plan`: where to file, which papers, what to pay, every clock, for one pathway and one filing day."""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sojourn.cli.app import Day, emit, load, options, pathway_ids, person, words
from sojourn.law.faults import Fault, InputError

if TYPE_CHECKING:
    from sojourn.dossier.plan import Plan
    from sojourn.papers.journey import Payer
    from sojourn.words.language import Words

_INK = frozenset(" ▀▄█")


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("pathway")
@click.option(
    "--file-on", type=Day(), metavar="DAY", help="The filing day; the day of --on or of the profile when left out."
)
@click.option("--family-name", default="", help="As in the passport: for the messages of payments only, kept nowhere.")
@click.option("--given-names", default="", help="As in the passport.")
@click.option("--born", type=Day(), metavar="DAY", help="The date of birth.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path), metavar="FILE", help="Write .pdf, .txt, .ics or .json."
)
@click.option("--replace", is_flag=True, help="Replace a file of that name.")
@options("on", "lang", "format", "law")
def plan(
    profile: Path, pathway: str, file_on: date | None, family_name: str, given_names: str, born: date | None,
    target: Path | None, replace: bool, on: date | None, lang: str, form: str, laws: tuple[Path, ...],
) -> None:  # fmt: skip
    """Plan an application: the filing place, the papers and when to fetch them, fees, clocks, the way ahead.

    \b
    Example:  sojourn plan examples/ghent-designer.yaml be-vlg-professional-card --file-on 2026-12-01
              sojourn plan examples/boston-pensioner.yaml be-own-means --file-on 2026-12-01 --to plan.pdf
    """
    from sojourn.dossier.applies import NoProcedureError
    from sojourn.dossier.plan import plan as planned
    from sojourn.papers.journey import Payer
    from sojourn.words.plan import journey
    from sojourn.words.plan_papers import plan_json, plan_text

    law = load(laws)
    who, today = person(law, profile, on)
    pathway_ids(law, (pathway,))
    try:
        made = planned(law, pathway, who.facts, file_on or today, today)
    except NoProcedureError:
        what, mend = f"{pathway} has no procedure yet, so there is nothing to plan", "`sojourn law list` shows them."
        raise InputError([Fault("plan", 0, "procedure", what, mend)]) from None
    payer = Payer(family_name, given_names, born)
    w = words(law, lang)
    if target is not None:
        click.echo(_written(target, _made(w, made, payer, target.suffix.lower()), replace=replace))
    elif form == "json":
        emit(plan_json(journey(w, made, payer)))
    else:
        click.echo(_shown(plan_text(w, made, payer)), nl=False)


def _made(w: "Words", made: "Plan", payer: "Payer", suffix: str) -> bytes:
    from sojourn.cli.export import check_installed
    from sojourn.words.plan import journey
    from sojourn.words.plan_papers import plan_calendar, plan_json, plan_pdf, plan_text

    check_installed([suffix])
    match suffix:
        case ".pdf":
            return plan_pdf(w, made, payer)
        case ".ics":
            return plan_calendar(w, made)
        case ".txt":
            return plan_text(w, made, payer).encode()
        case ".json":
            return (json.dumps(plan_json(journey(w, made, payer)), ensure_ascii=False, indent=2) + "\n").encode()
    raise click.UsageError(f"no plan ends in {suffix or 'nothing'}; use .pdf, .txt, .ics or .json.")


def _written(target: Path, raw: bytes, *, replace: bool) -> Path:
    from sojourn.cli.export import written

    (path,) = written(target.parent, [(target.name, raw)], make=False, replace=replace)
    return path


def _shown(text: str) -> str:
    """Return the text for this terminal: QR codes black on white, whatever its colours are."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    lines = [f"\033[30;107m{x}\033[0m" if len(x) > 40 and set(x) <= _INK else x for x in text.splitlines()]
    return "\n".join(lines) + "\n"
