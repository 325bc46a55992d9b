"""What is read and written: the session, a person's own landscapes, optimizers and functions; whole or not at all."""
