"""The inspector: the equations of one racer, typeset, with the numbers of the step that is shown."""
