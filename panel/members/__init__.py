"""The panel: members, their profile and what they said yes to."""
