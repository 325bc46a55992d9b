"""The manual in the window, and what the program is made of."""
