"""The commands. Exit codes: 0 answered; 2 the input is wrong (what, where, how to mend it, on stderr)."""

import gc
import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sojourn import __version__
from sojourn.law.faults import InputError, nearest
from sojourn.values.calendar import parse_day

if TYPE_CHECKING:
    from sojourn.cli.render import Page
    from sojourn.decide.profile import Profile
    from sojourn.law.model import Law
    from sojourn.values.counting import Length
    from sojourn.values.period import Period
    from sojourn.words.language import Words

LANGUAGES = ("en", "nl", "fr", "de")
Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day, ISO 8601."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or fail with how to write one."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(f"{error}; write it like 2026-11-22.", param, ctx)


class LengthOf(click.ParamType["Length"]):
    """A length of time, such as 30-days, 8-working-days, 1-month or 2-years."""

    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Length":
        """Return the length, or fail with how to write one."""
        from sojourn.values.counting import Length

        number, _, unit = str(value).partition("-")
        units = {f"{u}s".replace("ss", "s"): u for u in ("days", "working-days", "months", "years")}
        unit = units.get(f"{unit}s".replace("ss", "s"), "")
        if not (number.isdecimal() and unit and 0 < int(number) <= 10_000):
            self.fail(f"{value!r} is no length; write it like 30-days, 8-working-days, 1-month, 2-years.", param, ctx)
        return Length(int(number), unit.replace("-", "_"))  # type: ignore[arg-type]


class Stretch(click.ParamType["Period"]):
    """Two days, `2026-03-02..2026-03-20`; `last`: whether the second one is the last day, or the day after it."""

    name = "DAY..DAY"

    def __init__(self, *, last: bool = False) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Period":
        """Return the stretch as a half-open period, or fail with how to write one."""
        from datetime import timedelta

        from sojourn.values.period import Period

        first, dots, second = str(value).partition("..")
        if not dots:
            self.fail(f"{value!r} is no stretch of time; write it like 2026-03-02..2026-03-20.", param, ctx)
        day = Day()
        start, end = day.convert(first, param, ctx), day.convert(second, param, ctx)
        if end < start:
            self.fail(f"{end} lies before {start}; put the earlier day first.", param, ctx)
        return Period(start, end + timedelta(days=self.last))


def default_language() -> str:
    """Return the language of $SOJOURN_LANG or of the system, else English."""
    named = os.environ.get("SOJOURN_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return named[:2].lower() if named[:2].lower() in LANGUAGES else "en"


def options(*names: str) -> Callable[[Command], Command]:
    """Return a decorator that adds the named options, which mean the same in every command."""
    known: dict[str, Callable[[Any], Any]] = {
        "on": click.option("--on", type=Day(), metavar="DAY", help="The day to assess, such as 2026-11-22."),
        "lang": click.option("--lang", type=click.Choice(LANGUAGES), default=default_language, help="Language."),
        "format": click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Output."),
        "law": click.option(
            "--law", "laws", type=click.Path(path_type=Path), multiple=True, help="A folder of law to add or override."
        ),
        "pathway": click.option("--pathway", "pathways", multiple=True, metavar="ID", help="Only this pathway."),
    }

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            command = known[name](command)
        return command

    return decorate


def load(laws: tuple[Path, ...]) -> "Law":
    """Return the law with the user's own folders."""
    from sojourn.decide.body import load_law

    return load_law(*laws)


def person(law: "Law", profile: Path | None, on: date | None) -> tuple["Profile", date]:
    """Return who the profile tells of (of nobody, without one), and the day: `on`, else the profile's, else today."""
    from sojourn.decide.profile import Profile, read_profile

    who = read_profile(law, profile, on=on) if profile else Profile(on)
    return who, who.on or date.today()  # noqa: DTZ011  the day where the person is


def pathway_ids(law: "Law", named: tuple[str, ...]) -> list[str]:
    """Return the pathways that were named, or all; fails naming the nearest."""
    for id in named:
        if id not in law.pathways:
            raise click.UsageError(f'no pathway is called "{id}". {nearest(id, law.pathways)}')
    return list(named) or list(law.pathways)


def page() -> "Page":
    """Return an empty page as wide as the terminal."""
    from sojourn.cli.render import Page

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return Page(shutil.get_terminal_size((88, 24)).columns, colour=colour)


def words(law: "Law", language: str) -> "Words":
    """Return the words of a language."""
    from sojourn.words.language import Words

    return Words(law, language)


def emit(data: Any) -> None:
    """Print data as JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sojourn")
def cli() -> None:
    """Residence law that runs: which pathways are open to you, which are closed, and why.

    \b
    Example:  sojourn match examples/ghent-designer.yaml
    """


@cli.command()
@click.argument("profile", type=click.Path(path_type=Path))
@options("pathway", "on", "lang", "format", "law")
def match(
    profile: Path, pathways: tuple[str, ...], on: date | None, lang: str, form: str, laws: tuple[Path, ...]
) -> None:
    """Say for each pathway whether it is open, best first.

    \b
    Example:  sojourn match examples/ghent-designer.yaml --pathway be-vlg-professional-card
    """
    from sojourn.decide.assess import assess

    law = load(laws)
    who, day = person(law, profile, on)
    findings = assess(law, who.facts, day, pathway_ids(law, pathways))
    if form == "json":
        from sojourn.decide.report import match_json

        emit(match_json(law, findings, who.facts, day))
    else:
        from sojourn.cli.render import match_text

        click.echo(match_text(words(law, lang), findings, day, page()), nl=False)


@cli.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("pathway")
@options("on", "lang", "format", "law")
def explain(profile: Path, pathway: str, on: date | None, lang: str, form: str, laws: tuple[Path, ...]) -> None:
    """Show the whole tree of reasons for one pathway, with every source.

    \b
    Example:  sojourn explain examples/ghent-designer.yaml be-own-means
    """
    from sojourn.decide.assess import assess

    law = load(laws)
    who, day = person(law, profile, on)
    (finding,) = assess(law, who.facts, day, pathway_ids(law, (pathway,)))
    if form == "json":
        from sojourn.decide.report import match_json

        emit(match_json(law, [finding], who.facts, day))
    else:
        from sojourn.cli.render import explain_text

        click.echo(explain_text(words(law, lang), finding, who.facts, page()), nl=False)


@cli.command()
@click.argument("profile", type=click.Path(path_type=Path))
@options("pathway", "on", "lang", "format", "law")
def household(
    profile: Path, pathways: tuple[str, ...], on: date | None, lang: str, form: str, laws: tuple[Path, ...]
) -> None:
    """Assess each adult as the one who applies, and which choice opens most for all.

    \b
    Example:  sojourn household examples/family-of-four.yaml
    """
    from sojourn.cli.household import household_text
    from sojourn.decide.assess import assess
    from sojourn.decide.household import persons
    from sojourn.decide.joint import choices
    from sojourn.decide.report import household_json

    law = load(laws)
    who, day = person(law, profile, on)
    if who.household is None:
        raise click.UsageError(f"{profile} lists no household. Add `household:` with `- relation: spouse` and so on.")
    ids = pathway_ids(law, pathways)
    people = persons(law, who.stated, who.household, day)
    rows = [(p, assess(law, p.facts, day, ids)) for p in people if p.applies]
    joint = choices(law, people, day, ids if pathways else None)
    if form == "json":
        emit(household_json(law, rows, joint, day))
    else:
        click.echo(household_text(words(law, lang), people, rows, joint, day, page(), aimed=bool(pathways)), nl=False)


@cli.command()
@click.argument("profile", type=click.Path(path_type=Path))
@options("pathway", "on", "lang", "format", "law")
def regions(
    profile: Path, pathways: tuple[str, ...], on: date | None, lang: str, form: str, laws: tuple[Path, ...]
) -> None:
    """Compare the regions: the same answers, were the plan in each of them.

    \b
    Example:  sojourn regions examples/ghent-designer.yaml --pathway be-vlg-professional-card
    """
    from sojourn.decide.regions import side_by_side

    law = load(laws)
    who, day = person(law, profile, on)
    rows = side_by_side(law, who.facts, day, pathway_ids(law, pathways))
    if not rows:
        raise click.UsageError(
            "None of these pathways differs by region. Leave `--pathway` out to compare all that do."
        )
    if form == "json":
        from sojourn.decide.report import regions_json

        emit(regions_json(law, rows, who.facts, day))
    else:
        from sojourn.cli.regions import regions_text

        click.echo(regions_text(words(law, lang), rows, day, page()), nl=False)


@cli.command("next")
@click.argument("profile", type=click.Path(path_type=Path))
@options("pathway", "on", "lang", "format", "law")
def next_(
    profile: Path, pathways: tuple[str, ...], on: date | None, lang: str, form: str, laws: tuple[Path, ...]
) -> None:
    """Name the next question, and why it is asked.

    \b
    Example:  sojourn next examples/half-known.yaml
    """
    from sojourn.decide.next_question import next_question

    law = load(laws)
    who, day = person(law, profile, on)
    asked = next_question(law, who.facts, day, pathway_ids(law, pathways))
    w = words(law, lang)
    if form == "json":
        from sojourn.words.asked import next_json

        emit(next_json(w, asked, day))
        return
    out = page()
    if asked is None:
        out.add(w.say("No answer can change any result any more."))
    else:
        q = asked.question
        out.add(w.question(q.id, "ask", q.ask), style="1")
        out.add(f"{w.say('Why we ask:')} {w.question(q.id, 'why', q.why)}")
        out.add(w.say("It can still change:"))
        for id in asked.touches:
            out.add(w.line(law.pathways[id], "title"), 2, "· ")
        out.add(w.say("Facts: {facts}", facts=", ".join(asked.facts)), style="2")
    click.echo(str(out), nl=False)


@cli.command()
@click.argument("profile", type=click.Path(path_type=Path), required=False)
@click.option(
    "--save", type=click.Path(path_type=Path), help="Where to save the profile: at the end, and when you type s."
)
@options("pathway", "on", "lang", "law")
def ask(
    profile: Path | None, save: Path | None, pathways: tuple[str, ...], on: date | None, lang: str,
    laws: tuple[Path, ...],
) -> None:  # fmt: skip
    """Answer questions one at a time; stop whenever you like and see the results.

    \b
    Example:  sojourn ask --pathway be-own-means --lang nl --save me.yaml
    """
    from sojourn.cli.ask import Conversation

    law = load(laws)
    who, day = person(law, profile, on)
    ids = pathway_ids(law, pathways)
    Conversation(words(law, lang), day, ids, who.facts, save or profile, page, who.household).run()


@cli.command()
@click.argument("pathway", required=False)
@options("on", "lang", "law")
def new(pathway: str | None, on: date | None, lang: str, laws: tuple[Path, ...]) -> None:
    """Print a commented profile to fill in.

    \b
    Example:  sojourn new be-own-means > me.yaml
    """
    from sojourn.cli.new import new_profile

    law = load(laws)
    ids = pathway_ids(law, (pathway,) if pathway else ())
    click.echo(new_profile(words(law, lang), ids, on or date.today()), nl=False)  # noqa: DTZ011


@cli.command()
@click.argument("rule", required=False)
@click.argument("day", required=False, type=Day(), metavar="[DAY]")
@click.option("--event", metavar="EVENT", help="What happened on DAY, where several events may start the time limit.")
@click.option(
    "--length", type=LengthOf(), metavar="LENGTH", help="How long, for a general convention: 30-days, 1-month."
)
@click.option("--pause", "pauses", type=Stretch(), multiple=True, help="It stood still from DAY until DAY (excluded).")
@click.option(
    "--stay", "stays", type=Stretch(last=True), multiple=True, help="An earlier short stay, both days counted."
)
@options("lang", "format", "law")
def deadline(
    rule: str | None, day: date | None, event: str | None, length: "Length | None", pauses: "tuple[Period, ...]",
    stays: "tuple[Period, ...]", lang: str, form: str, laws: tuple[Path, ...],
) -> None:  # fmt: skip
    """Count one time limit from the DAY that starts it; without RULE, list them.

    \b
    Example:  sojourn deadline vlg-card-appeal-to-minister 2026-07-03
              sojourn deadline d-jud 2026-01-31 --length 1-month
              sojourn deadline schengen-90-in-180 2026-04-01 --stay 2026-01-05..2026-01-20
    """
    from sojourn.cli.deadline import deadline_text, limits_text, no_rule_text
    from sojourn.dossier.time_limit import LimitError, count
    from sojourn.values.counting import CalendarError
    from sojourn.words.limits import deadline_json, limits_json

    w = words(load(laws), lang)
    known = w.law.time_limits
    if rule is None:
        if form == "json":
            emit({"limits": limits_json(w)})
        else:
            click.echo(limits_text(w, page()), nl=False)
        return
    if rule not in known.limits:
        raise click.UsageError(f'no time limit is called "{rule}". {nearest(rule, known.limits)}')
    if day is None:
        events = "; ".join(w.event(e) for e in known.limits[rule][-1].events)
        raise click.UsageError(f"give the day it starts from ({events}): sojourn deadline {rule} 2026-11-22")
    limit = known.on(rule, day)
    try:
        found = count(limit, day, event=event, length=length, pauses=pauses, stays=stays) if limit else None
    except (LimitError, CalendarError) as error:
        raise click.UsageError(f"{error}.") from None
    if form == "json":
        emit(deadline_json(w, rule, day, found))
    elif found is None:
        click.echo(no_rule_text(w, known.limits[rule], day, page()), nl=False)
    else:
        click.echo(deadline_text(w, found, page()), nl=False)


@cli.group("law")
def law_() -> None:
    """Look at the body of law itself.

    \b
    Example:  sojourn law check --law my-law/
    """


@law_.command("check")
@options("format", "law")
def law_check(form: str, laws: tuple[Path, ...]) -> None:
    """Find every fault in the law: file, line, what is wrong, how to mend it. A notice is no fault.

    \b
    Example:  sojourn law check --law my-law/
    """
    from sojourn.decide.law_check import check
    from sojourn.dossier.limit_cases import faults as limit_faults
    from sojourn.dossier.procedure_cases import faults as procedure_faults
    from sojourn.law.signature import outdated_reviews

    law, faults = check(*laws)
    if law:
        faults = sorted({*faults, *limit_faults(law), *procedure_faults(law)})
    notices = sorted(outdated_reviews(law)) if law else []
    if form == "json":
        told = {"faults": [asdict(f) for f in faults], "notices": [asdict(f) for f in notices]}
        emit({**told, "digest": law.digest if law else None})
    else:
        for f in faults:
            click.echo(str(f), err=True)
        for f in notices:
            click.echo(f"notice: {f}", err=True)
        if law and not faults:
            cases = sum(len(p.cases) for p in law.pathways.values()) + len(law.time_limits.cases)
            cases += sum(len(p.procedure.cases) for p in law.pathways.values() if p.procedure)
            click.echo(f"no fault in {len(law.pathways)} pathways, {cases} cases; digest {law.digest[:12]}")
        else:
            click.echo("1 fault" if len(faults) == 1 else f"{len(faults)} faults", err=True)
    if faults:
        sys.exit(2)


@law_.command("sheet")
@click.argument("pathway")
@click.option("--procedure", is_flag=True, help="The procedure instead of the rule.")
@options("lang", "law")
def law_sheet(pathway: str, procedure: bool, lang: str, laws: tuple[Path, ...]) -> None:
    """Print a pathway for a jurist to review: text, rule, cases, explanation.

    \b
    Example:  sojourn law sheet be-own-means --procedure | less
    """
    from sojourn.cli.procedure_sheet import procedure_sheet
    from sojourn.cli.sheet import sheet

    law = load(laws)
    pathway_ids(law, (pathway,))
    if procedure and law.pathways[pathway].procedure is None:
        raise click.UsageError(f"{pathway} has no procedure.yaml yet. Leave out --procedure to see its rule.")
    show = procedure_sheet if procedure else sheet
    click.echo(show(words(law, lang), law.pathways[pathway]), nl=False)


@law_.command("list")
@options("lang", "format", "law")
def law_list(lang: str, form: str, laws: tuple[Path, ...]) -> None:
    """List the pathways: what we cover, and how sure we are.

    \b
    Example:  sojourn law list --format json
    """
    from sojourn.cli.register import coverage_text
    from sojourn.law.coverage import coverage

    law = load(laws)
    rows = coverage(law)
    if form == "json":
        emit({"law": {"digest": law.digest, "read_until": law.read_until}, "pathways": rows})
    else:
        click.echo(coverage_text(words(law, lang), rows, page()), nl=False)


@law_.command("due")
@options("on", "lang", "format", "law")
def law_due(on: date | None, lang: str, form: str, laws: tuple[Path, ...]) -> None:
    """List what must be read again: amounts that should have moved, old sources, changes announced.

    \b
    Example:  sojourn law due --on 2027-02-01
    """
    from sojourn.cli.register import due_json, due_text
    from sojourn.law.due import due

    law = load(laws)
    day = on or date.today()  # noqa: DTZ011
    items = due(law, day)
    if form == "json":
        emit({"on": day, "law": {"digest": law.digest, "read_until": law.read_until}, "due": due_json(items)})
    else:
        click.echo(due_text(words(law, lang), items, day, page()), nl=False)


@law_.command("facts")
@options("lang", "format", "law")
def law_facts(lang: str, form: str, laws: tuple[Path, ...]) -> None:
    """List what can be asked and told.

    \b
    Example:  sojourn law facts --lang fr
    """
    from sojourn.cli.register import facts_text
    from sojourn.words.vocabulary import facts_json

    w = words(load(laws), lang)
    if form == "json":
        emit({"facts": facts_json(w)})
    else:
        click.echo(facts_text(w, page()), nl=False)


@cli.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="IN")
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--conditions", is_flag=True, help="A column for each condition, too.")
@options("pathway", "on", "format", "law")
def batch(
    source: Path, out: Path, conditions: bool, pathways: tuple[str, ...], on: date | None, form: str,
    laws: tuple[Path, ...],
) -> None:  # fmt: skip
    """Assess a table of profiles (Parquet or CSV in, Parquet or CSV out).

    \b
    Example:  sojourn batch people.csv results.parquet --on 2026-11-22
    """
    from sojourn.batch import run_batch

    law = load(laws)
    ids = pathway_ids(law, pathways)
    day = on or date.today()  # noqa: DTZ011
    with click.progressbar(length=1000, label="assessing", file=sys.stderr) as bar:

        def progress(share: float) -> None:
            bar.update(max(0, int(share * 1000) - bar.pos))

        shown = progress if sys.stderr.isatty() else None
        report = run_batch(law, source, out, on=day, pathways=ids, conditions=conditions, progress=shown)
    if form == "json":
        emit(report.as_json())
        return
    click.echo(f"{report.rows:,} rows, {report.answered:,} answered, {report.rejected:,} rejected")
    for id, counts in report.counts.items():
        click.echo(f"  {id}: " + ", ".join(f"{n:,} {word}" for word, n in counts.items()))
    if report.rejected:
        click.echo(f"rejected rows, with the reason for each: {report.rejects}", err=True)


@cli.command()
@click.argument("name")
def moderator(name: str) -> None:
    """Make a moderator for the site's queue at /moderate/, or give one a new password.

    The password is asked for, or taken from SOJOURN_PASSWORD.

    \b
    Example:  sojourn moderator anneke
    """
    from sojourn.site.serve import prepare

    prepare()
    from sojourn.site.moderators import make_moderator

    asked = os.environ.get("SOJOURN_PASSWORD") or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    new = make_moderator(name, asked)
    click.echo(f"{name} {'is a moderator now' if new else 'has a new password'}; the queue is at /moderate/")


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Example:  sojourn completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "sojourn", "_SOJOURN_COMPLETE").source())


def main() -> None:
    """Run the command line; no traceback ever reaches a user."""
    gc.set_threshold(50_000, 20, 20)  # what a short run makes lives until its end: look for garbage seldom
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except InputError as error:
        for fault in error.faults:
            click.echo(str(fault), err=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("SOJOURN_DEBUG"):
            raise
        click.echo(
            f"Sojourn could not finish: {type(error).__name__}. This is a fault of ours; nothing was written.\n"
            "Run it again with SOJOURN_DEBUG=1 and report what it prints (without your own answers).",
            err=True,
        )
        sys.exit(2)
