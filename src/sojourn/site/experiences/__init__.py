"""What visitors tell each other and us: experiences under a pathway, and corrections. Nothing is shown unmoderated."""
