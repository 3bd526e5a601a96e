"""The house's own checks, each shown to object to what it is there for."""
