"""Line searches: which step size to take along a search direction."""
