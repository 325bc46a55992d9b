"""What was chosen of basin maps as a whole."""
