"""A Mastodon account, on whatever server it lives."""
