"""The site: the catalogue, the questionnaire and the results in a browser. Settings: `docs/site.md`."""
