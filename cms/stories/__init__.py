"""Stories: what the municipality has to tell, and what somebody thought it could."""
