"""The table of all racers: a row each, in the order of any column, to be read and copied."""
