"""Papers to hand over, made of plain words: PDF, text, calendar, picture, JSON.

What a paper says is built once (`checklist`, `cover_letter`, `appeal` return a `page.Document`), its form apart from
it (`typeset.pdf`, `plain.text`). Nothing here reads a dossier or the law: `matter` is what a caller fills in. Heavy
libraries (Typst, pikepdf, Pillow, icalendar; the extra `papers`) are loaded where they are used.
"""
