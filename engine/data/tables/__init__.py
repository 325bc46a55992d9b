"""Tables from files: reads comma-separated values in any dialect into columns, and counts what became of every line.

A *cell* is the text between two separators; the *layout* has the separator and the lines of the titles; a *reading* is
a person's choice where a file may be read in more than one way; the *account* counts the lines by what they are.
"""
