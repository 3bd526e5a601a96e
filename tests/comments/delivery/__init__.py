"""What leaves the house: rows, mails, alerts, and the sweep that forgets none."""
