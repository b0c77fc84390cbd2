"""Mastodon: what is asked of a server, and what its answers mean."""
