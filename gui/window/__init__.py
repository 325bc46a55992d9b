"""The main window: its parts, menus and messages, and the controller between session and runner.

- `main_window`: makes and connects the parts; `central_widget` lays them out.
- `controller`: posts a command to the runner for every choice of the session, and emits the runner's frames.
- `landscape_views`, `view_choice`, `theme_choice`, `window_size`: what is shown, in which colours and how large.
- `window_menus`, `menus`, `camera_menu`, `keyboard_list`: what can be done, with its keys.
- `transport`, `bottom_panel`, `status_line`, `messages`: the controls of time, and what stands below the views.
- `function_opening`, `table_opening`: how a person opens a file.
- `precompiler`, `driver_compilation`: Numba loops, compiled before they are needed.
"""
