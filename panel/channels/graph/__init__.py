"""Graph, Meta's interface: what the kinds that speak it share."""
