"""The news site's API: JSON over HTTP, told to its callers in docs/api.md and in the OpenAPI document that it serves."""
