"""The dossier: dated events, and what follows from them. Pure: no clock, disk, database or web."""
