"""The stories of the product, in a real browser."""
