"""Where dossiers stand: files on a disk, written so that nothing confirmed is ever lost; encrypted on request."""

from sojourn.shelf.disk import MOST_BYTES, DossierError, Draft, Recorded, create, read, record, restore

__all__ = ["MOST_BYTES", "DossierError", "Draft", "Recorded", "create", "read", "record", "restore"]
