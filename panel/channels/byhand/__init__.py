"""By hand: files, and what people paste; nothing is asked of any network."""
