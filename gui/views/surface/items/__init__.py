"""What stands in a 3-D scene: each item draws in any `GLViewWidget`, and keeps its own data on the graphics card."""
