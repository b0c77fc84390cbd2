"""Read-only questions about what citizens write and the files it comes from."""

from .imports import failure_of, faults_of

__all__ = ["failure_of", "faults_of"]
