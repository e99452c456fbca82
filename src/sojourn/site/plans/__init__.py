"""What to do, by when: plans from the answers of the session, two days side by side, files to take away."""
