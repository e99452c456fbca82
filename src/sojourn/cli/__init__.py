"""The command line. `main` is the entry point; each command loads what it needs when it runs."""

from sojourn.cli.app import main

__all__ = ["main"]
