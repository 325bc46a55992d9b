"""Everything that the user has chosen, as plain data with a signal for each field; no widgets and no files."""
