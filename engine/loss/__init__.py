"""Losses of x and y: compiled from a formula or from a person's function, and sampled for the views.

A *loss* computes values, gradients and Hessians; a *transform* turns, stretches and shifts it; a *terrain* is a loss
sampled on a grid; *heights* are the scales on which a terrain is drawn.
"""
