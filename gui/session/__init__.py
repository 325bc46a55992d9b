"""Everything that the user has chosen, as plain data with a signal for each field; no widgets and no files.

- `choices`: the data itself; `picture_choice`, `study_choices` and `saved_landscape` hold parts of it.
- `window_choices`, `landscape_choices`, `session`: the choices of a running program; each of these classes extends the
  one before: what holds for any race, then the landscape, then the racers.
- `state`, `edit_words`, `edit_history`, `restoring`: two states compared, their difference in words, undone and redone.
- `racer_changes`, `racer_order`, `racer_visibility`, `function_racers`: what is done to racers.
- `landscape_data`, `table_models`: the data set beneath a landscape, and losses that are fitted to a file.
- `lessons`: a lesson as choices, and what its race bears out.
"""
