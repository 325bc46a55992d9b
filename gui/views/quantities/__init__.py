"""The plot of one quantity of the racers' rules beneath the loss chart: its drawing, its words, and its widget."""
