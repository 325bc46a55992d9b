"""Many starts at once in the window: basin maps, and swarms."""
