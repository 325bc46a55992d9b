"""Data sets: columns of numbers, made to order or read from files, and the rows of which each step learns.

A *column* is one name of a formula with a number for each row; a *batch* is the rows that one step learns from; an
*epoch* is one pass over all rows.
"""
