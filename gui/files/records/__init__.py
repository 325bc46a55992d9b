"""What files may hold: `types` has the kinds of entries with their limits, each other file a record."""
