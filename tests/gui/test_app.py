"""The application is made so that every OpenGL view can share with every other."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QOpenGLContext, QSurfaceFormat

from gui.views.surface import OPENGL_VERSION


@pytest.mark.usefixtures("opengl")
def test_a_view_that_asks_for_nothing_special_shares_with_the_3d_view() -> None:
    assert QCoreApplication.testAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    for context in (QOpenGLContext(), QOpenGLContext.globalShareContext()):
        assert context.isValid() or context.create()
        assert context.format().profile() == QSurfaceFormat.OpenGLContextProfile.CoreProfile
        assert tuple(context.format().version()) >= OPENGL_VERSION
