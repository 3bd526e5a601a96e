"""The service as a reader and an editor meet it: a real server, a real database, a real browser."""
