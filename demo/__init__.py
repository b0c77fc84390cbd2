"""The demo municipality: Ternesund, which does not exist, and a year of its page.

``world`` is the content as pure data: places, people, posts, comments, pages, letters. ``pictures``
draws its pictures. Neither imports Django; filling a database with them is the business of the
``demo`` command.
"""
