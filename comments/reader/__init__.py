"""The reader's pages: front page, article with its comments and form, receipt. They need no JavaScript."""
