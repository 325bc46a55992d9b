"""Data sets: columns of numbers from generators or files, and the mini-batches that each step learns from.

A *column* has a name for formulas and a number for each row; a *batch* is the rows that one step learns from; an
*epoch* is one pass over all rows.
"""
