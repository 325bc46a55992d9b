"""The rules of the catalogue, by family: each optimizer is one entry."""
