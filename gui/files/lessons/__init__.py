"""What is kept of lessons from start to start: which are done, and that no more are offered."""
