"""The house's own checks, for what no linter knows; `python -m checks` runs them together with the linters."""
