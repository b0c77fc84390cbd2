"""What citizens write: posts, threads, comments, and the counters kept from them."""
