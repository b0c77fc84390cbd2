"""What every one of a kind promises, whoever keeps the promise."""
