"""What ``run.py test`` and its parts do once there is a ``.venv``: programs, results, summary."""
