"""The rule engine: pure Python, no Django, no database, no network."""

RELEASE = "1"
