"""Starting the program: the command line, checks of the system, compiled loops, and a log of errors nobody caught."""
