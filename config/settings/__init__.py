"""Settings: ``base`` and, on it, ``dev``, ``demo``, ``test`` and ``production``."""
