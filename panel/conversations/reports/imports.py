"""Read-only questions about imports."""

from __future__ import annotations

from panel.conversations.intake.files.faults import Fault, UnreadableFile
from panel.conversations.models import FileImport


def failure_of(file_import: FileImport) -> str:
    """Why an import or check ended early, in the language now active; "" where it did not."""
    failure = file_import.failure
    return str(UnreadableFile(failure["code"], **failure["values"])) if failure else ""


def faults_of(file_import: FileImport, *, most: int | None = None) -> list[Fault]:
    """The refused lines that were kept, or the first ``most`` of them, in the file’s order."""
    return [
        Fault(fault.line, fault.code, fault.column, fault.values, fault.last)
        for fault in file_import.faults.order_by("line", "pk")[:most]
    ]
