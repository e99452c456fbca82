"""Following an application through: what to gather, every time limit, every fee, every appeal."""
