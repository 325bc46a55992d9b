"""Choices about many starts at once: basin maps and swarms."""
