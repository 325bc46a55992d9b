"""The window: what a person sees and touches.  Widgets hold no mathematics."""
