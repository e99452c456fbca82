"""Small types that everyone shares: verdicts, money, days and periods, what is known of a fact.

Imports nothing of ours, and no framework, database, clock or data-frame library.
"""
