"""The Graph dialect: what a Facebook page's interface answers."""
