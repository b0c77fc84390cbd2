"""Channels: places where citizens write and we publish, and what arrives from them."""
