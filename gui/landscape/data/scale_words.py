"""What a click on *standardise* does to columns, and why one wants it."""

STANDARDISE = "standardise: mean 0, deviation 1"
WHY = "A common scale makes the landscape round, so that one learning rate suits both weights."
