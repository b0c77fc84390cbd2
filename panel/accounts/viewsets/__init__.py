"""Staff screens of accounts."""
