"""What everything rests on: no models, and nothing of ours imported."""
