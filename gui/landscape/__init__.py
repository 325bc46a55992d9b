"""Choosing a landscape: the picker with its tiles, search and thumbnails, and how the landscape is transformed."""
