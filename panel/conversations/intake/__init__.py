"""Raw events and files in, rows out: idempotent and order-free."""
