"""The site on this computer: `sojourn serve`."""

import os
from importlib.util import find_spec
from pathlib import Path

import click

from sojourn.cli.app import options
from sojourn.law.faults import Fault, InputError


@click.command()
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen; 0.0.0.0 for every network.")
@click.option(
    "--port", type=click.IntRange(1, 65_535), default=8000, envvar="PORT", show_envvar=True, show_default=True,
    help="The port.",
)  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; one on SQLite.")
@options("law")
def serve(host: str, port: int, workers: int | None, laws: tuple[Path, ...]) -> None:
    """Serve the site on this computer, until Ctrl+C. Settings: docs/site.md.

    \b
    Example:  sojourn serve --port 8080
    """
    if find_spec("django") is None or find_spec("granian") is None:
        fault = Fault("sojourn serve", 0, "extra", "the site is not installed", 'Run: pip install "sojourn[site]"')
        raise InputError([fault])
    if laws:
        os.environ["SOJOURN_LAW"] = os.pathsep.join(str(x.resolve()) for x in laws)
    from sojourn.site.serve import serve as run

    run(host, port, workers, lambda address: click.echo(f"Sojourn runs at {address} (stop: Ctrl+C)"))
