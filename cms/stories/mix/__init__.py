"""What the mix of stories lacks."""
