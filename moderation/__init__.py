"""What the policy says of a text. Knows texts, never comments."""
