"""The news site's API, called from outside."""
