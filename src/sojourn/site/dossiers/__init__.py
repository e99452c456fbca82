"""A dossier in the browser: opened from a file, shown, added to, and saved back. It lies in the session alone."""
