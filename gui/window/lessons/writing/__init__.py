"""Writing lessons in the window: a draft of the state of now, and an editor that says what is wrong while one types."""
