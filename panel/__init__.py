"""People: what citizens write, what we answer, who takes part."""
