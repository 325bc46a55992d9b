"""The main window: its menus, the controller between session and race, and the controls of time."""
