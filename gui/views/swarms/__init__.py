"""Swarms as pictures: how many members lie in each pixel."""
