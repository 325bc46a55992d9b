"""Tables from files: comma-separated values in any dialect become columns, and every line is accounted for.

A *cell* is the text between two separators; the *layout* says what separates cells and where the titles are; a
*reading* is a choice where a file may be read in more ways than one; the *account* says what became of each line.
"""
