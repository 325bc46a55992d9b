"""Files of the session in the window: the menu, the title that names the file, and files that are dropped."""
