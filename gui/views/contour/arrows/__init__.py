"""What explains a racer's step on the map: arrows and an ellipse where the step began, and a key with their scales."""
