"""How the window looks: theme, style sheet and icons."""
