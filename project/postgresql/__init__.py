"""PostgreSQL as Django speaks to it, but for when a pooled connection is asked whether it lives."""
