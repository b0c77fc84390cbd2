"""An Instagram account for professionals, linked to a Facebook page."""
