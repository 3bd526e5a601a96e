"""Requests to addresses that somebody else chose: bounded in time, never redirected, never into our own network."""
