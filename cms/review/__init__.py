"""A second person's yes, bound to exactly what goes out."""
