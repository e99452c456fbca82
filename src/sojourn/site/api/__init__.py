"""The API under `/api/v1`: the findings that every other shell gives, as JSON. It needs no key and keeps nothing."""
