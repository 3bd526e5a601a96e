"""The editors' desk: the queue in the Django admin, one card a comment, and the decisions made there."""
