"""Settings, checks and the server as it would be set up."""
