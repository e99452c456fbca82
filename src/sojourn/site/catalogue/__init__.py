"""The catalogue: what we know of each pathway, country, region and source, as pages for people.

What a page says is made here of the law and the words of a language, without Django: `money`, `history`, `difficulty`,
`conditions`, `places`, `finder`, `structured`. `views` shows it.
"""
