"""A network that remembers, and misbehaves on request: for tests, the demo, and trying without
approval.

Nothing of Django is imported here: it runs as a process of its own, and starts at once.
"""
