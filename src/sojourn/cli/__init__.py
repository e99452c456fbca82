"""The command line. `main` is the entry point; each command loads what it needs when it runs."""

from sojourn.cli.app import cli, main
from sojourn.cli.dossier import dossier
from sojourn.cli.export import export
from sojourn.cli.plan import plan
from sojourn.cli.serve import serve

dossier.add_command(export)
cli.add_command(dossier)
cli.add_command(plan)
cli.add_command(serve)

__all__ = ["main"]
