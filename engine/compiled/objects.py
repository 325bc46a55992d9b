"""Object code in memory: made by LLVM from a module, or loaded from bytes that were kept."""

from __future__ import annotations

import llvmlite.binding as llvm

from engine.language.codegen.machine_code import target_machine

ENTRY = "driver"
"""What the one function is called that object code is entered by."""


class ObjectCode:
    """Loaded object code and what keeps it alive; `address` stays valid as long as this object.

    Parameters
    ----------
    data : bytes
        What `emitted` returned, here or in another process on the same kind of processor.
    """

    def __init__(self, data: bytes) -> None:
        # All that object code may call is named; a name that nothing stands behind would be an address of 0.
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine())
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(data))
        self._engine.finalize_object()
        self.address = int(self._engine.get_function_address(ENTRY))


def emitted(module: llvm.ModuleRef) -> bytes:
    """Return the object code of a module."""
    return bytes(target_machine().emit_object(module))
