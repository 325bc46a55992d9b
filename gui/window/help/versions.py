"""The versions of the program and of what it is made of; imports no window."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from engine.language.codegen.vector_math import vector_library

VERSION = "0.1.0"
PACKAGES = "numpy", "numba", "llvmlite", "PySide6-Essentials", "pyqtgraph"


def version_lines() -> list[str]:
    """Return the version of the program, of Python and of each package, and which vector functions it found."""
    lines = [f"Descent Derby {VERSION}", f"Python {sys.version.split()[0]}"]
    for package in PACKAGES:
        try:
            lines.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            lines.append(f"{package} is missing")
    library = vector_library()
    return [*lines, f"vector functions: {library.name}, {library.width} numbers a call"]
