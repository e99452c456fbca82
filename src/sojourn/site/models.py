"""Everything of the site that lies in the database, besides sessions and moderators."""

from sojourn.site.experiences.models import Correction, Experience

__all__ = ["Correction", "Experience"]
