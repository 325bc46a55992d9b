"""Becomes ``descent_derby/__init__.py`` in the wheel: makes `engine`, `landscapes` and `gui` importable by these names.

The wheel keeps all three within ``descent_derby``, so that they take no names from other programs.  Importing
``descent_derby`` puts that folder first on the module search path of this process, and of no other:

>>> import descent_derby
>>> from engine import Race, compile_loss
>>> from landscapes import LANDSCAPES
"""

import sys
from pathlib import Path

FOLDERS = ("engine", "gui", "landscapes")


def make_importable(folder: Path) -> None:
    """Put `folder` first on the module search path, unless one of its packages would be hidden all the same.

    Raises
    ------
    ImportError
        Where another module of the name of one of `FOLDERS` has been imported.
    """
    for name in FOLDERS:
        file = getattr(sys.modules.get(name), "__file__", None)
        if name in sys.modules and (file is None or not Path(file).is_relative_to(folder)):
            place = file or "another package"
            raise ImportError(
                f'Descent Derby needs the name "{name}", under which this process has imported {place}. '
                f'Import descent_derby before it, or in another process. Its own "{name}" is in {folder}.'
            )
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


make_importable(Path(__file__).parent)
