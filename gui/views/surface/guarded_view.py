"""A 3-D view that survives failing items: an item that raises is hidden and reported once, the others are drawn."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.opengl import GLViewWidget
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QImage, QOpenGLContext, QPalette, QResizeEvent
from PySide6.QtOpenGL import QOpenGLFramebufferObject
from PySide6.QtWidgets import QLabel

from gui.look.theme import SPACING_PX, Theme
from gui.views.opengl import surface_format
from gui.views.surface.drawing_context import DrawingContext
from gui.views.surface.items.gl_objects import FRAMEBUFFER, REFUSED_SIZE, OpenGLError, framebuffer, functions
from gui.views.surface.items.scene_item import SceneItem

ALIGNED = Qt.AlignmentFlag


def undisturbed(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method `draw` of a view, during which Python's garbage collector is off.

    The collector might destroy another view, which leaves no context current and makes the drawing fail.
    """

    @wraps(draw)
    def drawn(view: GLViewWidget, *given: Any, **named: Any) -> Any:
        collecting = gc.isenabled()
        gc.disable()
        try:
            if view.context() is not None and QOpenGLContext.currentContext() is not view.context():
                view.makeCurrent()
            return draw(view, *given, **named)
        finally:
            if collecting:
                gc.enable()

    return drawn


class GuardedView(GLViewWidget):
    """A `GLViewWidget` that survives items that raise.

    If one of its own items fails, a message replaces the picture until the view gets another size or context.  If an
    item of other code fails, it is hidden until that code shows it again, and a line at the lower edge says why.

    Parameters
    ----------
    samples : int
        Samples for each pixel.
    drawing_context : DrawingContext, optional
        The common context in which its own items draw, instead of in the view's.

    Attributes
    ----------
    target : int
        The name of the framebuffer on which an item draws, in the context that is current when it does.
    """

    items: list[GLGraphicsItem]
    # A class attribute, because pyqtgraph's constructor already draws.
    _picture_ratio = 0.0

    def __init__(self, samples: int, drawing_context: DrawingContext | None = None) -> None:
        super().__init__()
        self.setFormat(surface_format(samples))
        # Stored, because `format` returns the context's format once there is a context, and that has no samples.
        self.samples = samples
        self._drawing_context = drawing_context
        self._stack, self._entered = ExitStack(), False
        self.target = 0
        self._own: list[SceneItem] = []
        self._failed: dict[GLGraphicsItem, str] = {}
        self._drawn_on: tuple[int, int, int] | None = None
        self._refusal_label, self._failure_label = QLabel(self), QLabel(self)
        self._refusal_label.setAlignment(ALIGNED.AlignCenter)
        self._refusal_label.setAutoFillBackground(True)
        self._failure_label.setAlignment(ALIGNED.AlignLeft | ALIGNED.AlignBottom)
        self._failure_label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for label in (self._refusal_label, self._failure_label):
            label.setWordWrap(True)
            label.hide()

    @property
    def refused(self) -> bool:
        """Return whether a message replaces the picture."""
        return not self._refusal_label.isHidden()

    def apply_theme(self, theme: Theme) -> None:
        """Apply the colours of a theme to the background and to the messages."""
        self.setBackgroundColor(theme.window)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.window))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(theme.muted))
        for label in (self._refusal_label, self._failure_label):
            label.setPalette(palette)

    def add_own(self, item: SceneItem, order: int) -> None:
        """Add one of the view's own items; if it fails, a message replaces the picture."""
        item.setDepthValue(order)
        item.failed.connect(self._refuse)
        self._own.append(item)
        self.addItem(item)

    def removeItem(self, item: GLGraphicsItem) -> None:
        """Remove an item from the scene."""
        super().removeItem(item)
        self._show_failures()

    def clear(self) -> None:
        """Remove the items that other code added."""
        for item in [item for item in self.items if item not in self._own]:
            self.removeItem(item)

    @property
    def ratio(self) -> float:
        """The number of pixels in a widget unit: of the screen, or of the picture that is being drawn."""
        return self._picture_ratio or self.devicePixelRatioF()

    def deviceWidth(self) -> int:
        """Return the width of the framebuffer in pixels of the screen."""
        return self._pixels()[0]

    def deviceHeight(self) -> int:
        """Return the height of the framebuffer in pixels of the screen."""
        return self._pixels()[1]

    def event(self, event: QEvent) -> bool:
        """Before the view is deleted, free its items' objects in their context: in another, Qt would not free all."""
        if event.type() == QEvent.Type.DeferredDelete and self.isValid():
            self.makeCurrent()
            with self._drawing_context.current(self) if self._drawing_context is not None else nullcontext():
                for item in self._own:
                    item.release()
            self.doneCurrent()
        return bool(super().event(event))

    @undisturbed
    def initializeGL(self) -> None:
        """Initialise the view and its items for a new context."""
        items, self.items = self.items, []
        try:
            super().initializeGL()
        finally:
            self.items = items
        for item in items:
            if not item.isInitialized():
                self._try(item, item.initialize)
        self._try_again()

    @undisturbed
    def resizeGL(self, width: int, height: int) -> None:
        """Show items again that the driver refused, because it may accept another size."""
        self._try_again()

    @undisturbed
    def paintGL(self) -> None:
        """Draw all items, then report those that failed."""
        super().paintGL()
        if self._failed:
            self._show_failures()

    def drawItemTree(self, item: GLGraphicsItem | None = None, useItemNames: bool = False) -> None:
        """Draw an item and its children, or all items, in the order of their depth values."""
        if item is None:
            try:
                self._draw_items([each for each in self.items if each.parentItem() is None])
            finally:
                self._leave()
        else:
            self._draw_items([*item.childItems(), item], item)

    def _draw_items(self, items: list[GLGraphicsItem], item: GLGraphicsItem | None = None) -> None:
        """Draw items in the order of their depth values: `item` alone, each of the others with its children."""
        for each in sorted(items, key=lambda each: each.depthValue()):
            if not each.visible():
                continue
            if each is item:
                self._paint_item(item)
                continue
            self._modelViewStack.append(self.currentModelView() * each.transform())
            try:
                self.drawItemTree(each)
            finally:
                self._modelViewStack.pop()

    @undisturbed
    def renderToArray(self, size: tuple[int, int]) -> NDArray[np.uint8]:
        """Return the picture at a size of (width, height) pixels, uint8 (height, width, 4): blue, green, red, opacity.

        Raises
        ------
        OpenGLError
            If the driver refuses a framebuffer of this size.
        """
        if not self.isValid():
            # A view that was never shown has no context; grabFramebuffer creates it.
            self.grabFramebuffer()
            self.makeCurrent()
        width, height = map(int, size)
        picture = framebuffer((width, height), self.samples)
        self._drawn_on = (picture.handle(), width, height)
        try:
            self._draw_on(picture.handle())
            self.paint(region=(0, 0, width, height), viewport=(0, 0, width, height))
            image = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        finally:
            self._drawn_on = None
            QOpenGLFramebufferObject.bindDefault()
        return np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4).copy()

    def picture(self, ratio: float) -> QImage:
        """Return the picture with `ratio` pixels in a widget unit; texts, lines and marks are as much larger.

        Raises
        ------
        OpenGLError
            If the driver refuses a framebuffer of this size, or an item that is drawn on one.
        """
        size = max(round(self.width() * ratio), 1), max(round(self.height() * ratio), 1)
        self._picture_ratio = ratio
        try:
            colours = self.renderToArray(size)
        finally:
            self._picture_ratio = 0.0
        if self.refused:
            raise OpenGLError(REFUSED_SIZE.format(*size))
        image = QImage(colours.data, *size, QImage.Format.Format_ARGB32_Premultiplied).copy()
        image.setDevicePixelRatio(ratio)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the messages."""
        super().resizeEvent(event)
        self._refusal_label.setGeometry(self.rect())
        self._failure_label.setGeometry(self.rect().adjusted(SPACING_PX, 0, -SPACING_PX, -SPACING_PX))

    def _pixels(self) -> tuple[int, int]:
        if self._drawn_on is not None:
            return self._drawn_on[1:]
        # Multiplied as a QSize, which rounds as Qt does for its framebuffer.
        size = QSize(self.size()) * self.devicePixelRatioF()
        return max(size.width(), 1), max(size.height(), 1)

    def _paint_item(self, item: GLGraphicsItem) -> None:
        """Draw an item on the framebuffer of the picture, which is bound again: QPainter in an item binds another.

        The view's own items draw in the common context, if there is one.
        """
        if self._drawing_context is not None and item in self._own:
            self._enter(self._drawing_context)
        else:
            self._leave()
            if self.default_vao.isCreated():
                self.default_vao.bind()
            self._draw_on(self._framebuffer)
        self._try(item, item.paint)

    @property
    def _framebuffer(self) -> int:
        """The framebuffer of the picture, in the view's own context."""
        return self._drawn_on[0] if self._drawn_on is not None else self.defaultFramebufferObject()

    def _enter(self, context: DrawingContext) -> None:
        """Make the common context current until `_leave`, so that successive items need no switch between them."""
        if not self._entered:
            framebuffer = self._stack.enter_context(context.drawing_on(self, self._framebuffer))
            self._entered = True
            self._draw_on(framebuffer)

    def _leave(self) -> None:
        """Make the view's own context current again."""
        self._stack.close()
        self._entered = False

    def _draw_on(self, framebuffer: int) -> None:
        self.target = framebuffer
        functions().glBindFramebuffer(FRAMEBUFFER, framebuffer)
        functions().glViewport(0, 0, *self._pixels())

    def _try(self, item: GLGraphicsItem, step: Any) -> None:
        """Call a method of an item; if it raises, hide the item and report the error."""
        try:
            step()
        except Exception as error:
            item.setVisible(False)
            self._failed[item] = f"{type(item).__name__} is hidden: {type(error).__name__}: {error}"
            sys.excepthook(type(error), error, error.__traceback__)
            self._show_failures()

    def _show_failures(self) -> None:
        """Show at the lower edge the items of other code that are hidden because they failed."""
        self._failed = {item: words for item, words in self._failed.items() if item.view() and not item.visible()}
        self._failure_label.setText("\n".join(self._failed.values()))
        self._failure_label.setVisible(bool(self._failed))

    def _refuse(self, words: str) -> None:
        """Show a message in place of the picture that says why it cannot be drawn."""
        self._refusal_label.setText(f"The 3-D view cannot be drawn here: {words}")
        self._refusal_label.show()

    def _try_again(self) -> None:
        if self.refused:
            self._refusal_label.hide()
            for item in self._own:
                item.show()
