"""What people read, in the four languages, whichever shell shows it: command line, papers, site."""

from sojourn.words.language import LANGUAGES, Words

__all__ = ["LANGUAGES", "Words"]
