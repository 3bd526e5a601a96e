"""As little as Django can be asked to do for comments: one table and one view for each question. What the service is measured against."""
