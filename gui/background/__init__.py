"""Work that does not hold the window up: on a thread, or a little in each turn of the event loop."""
