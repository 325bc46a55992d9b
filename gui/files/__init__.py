"""Reading and writing files: the session, saved landscapes and optimizers, and Python functions of the user.

A *record* is what one JSON file, or one entry of it, holds.  `atomic_write`, `folders` and `record_file` know no types
of records; `records` says what each may hold; `session_keeper` and the two libraries keep what the window shows in
their files; `saved_lookup` reads the same files without Qt.
"""
