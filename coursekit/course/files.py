"""Read and write files so that nothing is lost."""

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, content: bytes, keep_old_as: Path | None = None) -> None:
    """Write a file, and its folder if need be. A full disk or a killed process leaves the old file or the new one, never half.

    Args:
        path: the file.
        content: what it will hold.
        keep_old_as: the old file's new name, if it is to be kept.

    Raises:
        OSError: the file cannot be written; the old one is as it was.

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
    """The text of a file; None if it does not exist."""
    return path.read_text(encoding="utf-8") if path.exists() else None
