"""What the service promises, tried out; the folders mirror the rooms."""
