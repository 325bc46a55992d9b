"""What joins the loss chart to the rest of the window: the menu of its axes, and the racer that is pointed at."""
