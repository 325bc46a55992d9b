"""Basin maps as pictures: each minimum has a colour, which is the brighter the sooner a racer settles there."""
