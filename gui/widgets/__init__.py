"""Controls without a meaning of their own: they know nothing of sessions, racers or landscapes."""
