"""What becomes of ideas: verbs, letters, promises, and how they are forgotten."""
