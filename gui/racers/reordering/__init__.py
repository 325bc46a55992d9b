"""Dragging a card to another place in its column."""
