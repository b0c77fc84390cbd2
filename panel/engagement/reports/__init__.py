"""Read-only questions about taking part, answered from the counters."""
