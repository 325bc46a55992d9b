"""The window of the league: who races where, how far it is, and the table with ranks and performance profiles."""
