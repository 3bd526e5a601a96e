"""What becomes of a comment, from the form to the published page."""
