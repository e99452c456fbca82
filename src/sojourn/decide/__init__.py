"""Deciding: what is known of a person and a day in, explained findings out. Pure.

Use `load_law`, `read_profile` and `assess`:

    law = load_law()
    profile = read_profile(law, Path("examples/ghent-designer.yaml"))
    findings = assess(law, profile.facts, profile.on)
"""
