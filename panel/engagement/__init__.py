"""Who takes part often and broadly: the measure, its explanation, and shortlists."""
