"""A newspaper to try the service on: invented articles, readers and comments, in every status and under every clause."""
