"""The window in which racers are tuned: what is searched, how far the search is, and what it has found."""
