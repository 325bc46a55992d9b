"""Pictures of the race: a dialog that asks for a view, a size and a theme, and what draws the picture, unseen.

A *moment* is what the window shows when a picture is asked for.  A *stage* is a window that is never shown, on which
that moment is drawn at the picture's size, in its theme, with a runner of its own that samples the landscape for it.
"""
