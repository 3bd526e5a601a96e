"""Webhooks by the Standard Webhooks specification: which messages events ask for, and who sends them, safely and for how long."""
