"""The 3-D view: pyqtgraph's `GLViewWidget` with items of our own.

A *ground* is a landscape as a block; *trails* and *marks* lie on it; *axes* are its numbers and names.  An *item*
draws one of these in any `GLViewWidget`; a *canvas* is what it draws on, and from where that is seen; a *layer* keeps
the picture of some items from frame to frame.  A *stance* is a side from which the whole block is seen, a *sight* the
line of sight through a place of the picture; *hands* move the camera, *steering* does without them.  *Shares* are
places in the domain, 0..1 along each side; *places* in the scene go from -1 to 1, with the losses upwards.
"""
