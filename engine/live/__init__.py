"""The race on a thread of its own: commands go in, frames come out.

The *runner* is the thread; the *race controller* carries out its commands; a *frame* is a snapshot for the views.
"""
