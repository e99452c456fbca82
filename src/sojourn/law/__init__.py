"""The body of law: what a rule is, how it is read, and the checks that need no deciding."""
