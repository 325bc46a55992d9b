"""Lessons on the engine: their heats as races, and what these races say of their claims."""
