"""Mastodon, as far as its documentation says how it behaves."""
