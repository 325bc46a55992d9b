"""Lessons in the window: the list, the strip beside the views, and the race that answers."""
