"""The main window: its parts, menus and messages, and the controller between session and runner.

- `main_window`: makes and connects the parts; `panes` lays them out, and has what stands below the views.
- `frame_display`, `frame_order`: show a frame of the race in every part.
- `controller`: posts a command to the runner for every choice of the session, and emits the runner's frames.
- `landscape_views`, `view_choice`, `theme_choice`, `window_size`: what is shown, in which colours and how large.
- `window_menus`, `menus`, `camera_menu`, `context`, `keyboard`: what can be done, with its keys.
- `transport`, `status_line`, `messages`: the controls of time, and what is said to a person.
- `chart`, `explaining`, `many`, `lessons`, `studies`, `picture`, `help`, `files`: what more it can do, a folder each.
- `function_opening`, `table_opening`: how a person opens a file.
- `precompiler`, `driver_compilation`: Numba loops, compiled before they are needed.
"""
