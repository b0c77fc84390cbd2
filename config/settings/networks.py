"""The social networks we speak with. Part of ``base``.

What connecting one takes is in docs/features/facebook.md, instagram.md and mastodon.md.
"""

from __future__ import annotations

from config.env import env, graph_version, network_address

# Servers that channels may name although they are closed to the world, and may speak with
# unencrypted where they stand on this machine: the made-up network, for trying out.
NETWORK_PRIVATE_HOSTS: list[str] = env.list("NETWORK_PRIVATE_HOSTS", [])

# For how long a network may be silent before its answer counts as lost.
NETWORK_READ_SECONDS = env.float("NETWORK_READ_SECONDS", 20.0)

# Which app of ours asks: with its secret, calls are signed and keys can be examined.
FACEBOOK_APP_ID = env.str("FACEBOOK_APP_ID", "")
FACEBOOK_APP_SECRET = env.str("FACEBOOK_APP_SECRET", "")
# The word Facebook says when it asks whether the address of the webhooks is ours.
FACEBOOK_VERIFY_TOKEN = env.str("FACEBOOK_VERIFY_TOKEN", "")
FACEBOOK_GRAPH_URL = network_address("FACEBOOK_GRAPH_URL", "https://graph.facebook.com")
FACEBOOK_GRAPH_VERSION = graph_version("FACEBOOK_GRAPH_VERSION", "v26.0")

# For how long whoever sends something holds it: longer than the slowest network takes to answer.
OUTBOX_LEASE_SECONDS = env.float("OUTBOX_LEASE_SECONDS", 300.0)

# How far back a network's posts are read for what is new, changed or gone below them.
POLL_DAYS = env.int("POLL_DAYS", 30)

# So many comments of one thread gone or hidden within a quarter of an hour, and not by us, are an
# alarm.
VANISHED_COMMENTS = env.int("VANISHED_COMMENTS", 3)
