"""The keyboard of the window: who has it, where Tab takes it, and the list of all keys."""
