"""Running commands inside the process of the tests, for every pathway: a process for each would take minutes.

The real process is held in test_examples.py; here the law is read once.
"""

from unittest.mock import patch

from click.testing import CliRunner

from sojourn.cli import cli
from sojourn.decide.body import load_law

LAW = load_law()


def inside(*words: object) -> str:
    """Return what a command prints."""
    with patch("sojourn.cli.app.load", lambda *_, **__: LAW):
        done = CliRunner().invoke(cli, [str(x) for x in words], catch_exceptions=False, env={"COLUMNS": "88"})
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    return done.stdout
