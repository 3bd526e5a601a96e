"""The language itself: letters, word forms, endings, disguises. Knows nothing of policies and rules."""
