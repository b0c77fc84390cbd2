"""Campaigns and invitations: asking people in, once, and hearing no."""
