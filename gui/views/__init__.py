"""The views of a race: arrays in, pixels out."""
