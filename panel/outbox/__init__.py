"""Everything we say to the outside, exactly once."""
