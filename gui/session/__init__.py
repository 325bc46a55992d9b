"""Everything that the user has chosen, as plain data with a signal for each field; no widgets and no files.

- `choices`: the data itself; `picture_choice`, `study_choices` and `saved_landscape` hold parts of it.
- `window_choices`, `landscape_choice`, `session`: the choices of a running program, each of these classes extending the
  one before: what holds for any race, then the landscape, then the racers.
- `state`, `edit_words`, `edit_history`, `restoring`: two states compared, their difference in words, undone and redone.
- `lessons`: a lesson as choices, and what its race bears out.
"""
