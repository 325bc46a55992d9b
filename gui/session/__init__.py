"""Everything that a person has chosen, as plain data with a signal for each field; no widgets, no files."""
