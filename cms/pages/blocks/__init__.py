"""What a page is built of. Blocks choose the markup; people choose the words and pictures."""

from cms.pages.blocks.body import Body, Home
from cms.pages.blocks.lists import Questions, Rules
from cms.pages.blocks.text import RICH_TEXT

__all__ = ["RICH_TEXT", "Body", "Home", "Questions", "Rules"]
