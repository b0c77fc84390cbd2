"""The public door: "tell us what we should tell about"."""
