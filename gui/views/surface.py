"""Placeholder until written in this session."""
def opengl_available() -> bool:
    return False
class SurfaceView: ...
