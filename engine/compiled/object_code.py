"""Object code: made by LLVM from a module, and loaded into memory from the bytes that were saved."""

from __future__ import annotations

import llvmlite.binding as llvm

from engine.language.codegen.machine_code import target_machine

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
        # Object code may call named functions alone (`MATHEMATICS`): a name that is not found would be the address 0.
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine())
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(data))
        self._engine.finalize_object()
        self.address = int(self._engine.get_function_address(ENTRY))


def emit_object_code(module: llvm.ModuleRef) -> bytes:
    """Return the object code of a module."""
    return bytes(target_machine().emit_object(module))
