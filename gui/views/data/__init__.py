"""The rows of a data set beside what each racer's model says of them."""
