"""Controls for one number: a field, a slider with its field and range, and a grid of such sliders."""
