"""The data set beneath a landscape: its sliders, tables from files, and points changed by hand."""
