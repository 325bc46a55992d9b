"""Plots of many races at once: curves over one setting, and maps of two."""
