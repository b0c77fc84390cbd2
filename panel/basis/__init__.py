"""The controller's record, and the objections: what everything above must ask."""
