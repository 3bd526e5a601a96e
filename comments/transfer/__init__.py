"""Comments that come from elsewhere, and go there: whole histories, read and written one after another, recorded by the lifecycle's bulk door."""
