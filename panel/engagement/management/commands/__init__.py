"""Commands of engagement."""
