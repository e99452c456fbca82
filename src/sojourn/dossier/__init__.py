"""Following an application through: dated events, and what follows from them. Pure: no clock, disk, database or web."""
