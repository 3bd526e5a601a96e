"""The frame: settings, health, web server."""
