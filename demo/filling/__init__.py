"""Filling the demo municipality: the world's content put into rows by the apps' own actions."""

from demo.filling.ground import NotOurs
from demo.filling.moments import morning
from demo.filling.town import fill

__all__ = ["NotOurs", "fill", "morning"]
