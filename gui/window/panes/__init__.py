"""The panes of the window: their splitters, which of them are shown, and the view that fills the window."""
