"""Object code: made by LLVM from a module, and loaded into memory from the bytes that were saved."""

from __future__ import annotations

import llvmlite.binding as llvm

from engine.language.codegen.machine_code import loaded, target_machine

ENTRY = "driver"
"""The name of the function by which object code is called."""


class ObjectCode:
    """Loaded object code; `address` is valid as long as this object lives.

    Parameters
    ----------
    data : bytes
        What `emit_object_code` returned, here or in another process on the same kind of processor.
    """

    def __init__(self, data: bytes) -> None:
        # Object code may call named functions alone (`MATHEMATICS`).
        self._engine = loaded(data)
        self.address = int(self._engine.get_function_address(ENTRY))


def emit_object_code(module: llvm.ModuleRef) -> bytes:
    """Return the object code of a module."""
    return bytes(target_machine().emit_object(module))
