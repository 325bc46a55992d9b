"""How the program starts: command line and options, checks of the system, the application, and error reports."""
