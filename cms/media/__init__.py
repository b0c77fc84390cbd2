"""Pictures: made anew from their pixels when they come in, and never without words for those who
cannot see them."""
