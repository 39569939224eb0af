"""Reads and writes files in a way that never loses the old content."""

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, content: bytes, keep_old_as: Path | None = None) -> None:
    """Write a file, and make its folder if necessary. A full disk or a killed process leaves the old file or the new one, never half.

    Args:
        path: the file.
        content: its new content.
        keep_old_as: a new name for the old file. Without it, the old file is replaced.

    Raises:
        OSError: the file cannot be written. The old file has not changed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if keep_old_as:
            path.rename(keep_old_as)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def text_of(path: Path) -> str | None:
    """The text of a file, or None if the file does not exist."""
    return path.read_text(encoding="utf-8") if path.exists() else None
