"""The 3-D view: pyqtgraph's `GLViewWidget` with items of our own.

A *ground* is a landscape as a block; *trails* and *marks* lie on it; *axes* are its numbers and names.  Marks are the
racers' *heads* (their newest points), the minima, the start and the pointer.  An *item* draws one of these in any
`GLViewWidget`; a *canvas* is what it draws on, with the camera; a *cached layer* keeps the picture of some items from
frame to frame.  A *standard view* shows the whole block from one side; a *ray* goes from the camera through a place of
the picture.  *Shares* are coordinates in the domain, 0..1 along each side; *scene coordinates* go from -1 to 1 along x
and y, with the losses upwards.
"""
