"""Which racers have a basin map or a swarm."""
