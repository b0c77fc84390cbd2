"""``manage.py work``."""
