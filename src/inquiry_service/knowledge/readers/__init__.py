"""One file in, one document out; a file that cannot be used says why and what to do."""

from inquiry_service.knowledge.readers.reading import (
    Reading,
    read,
    read_entry,
    read_file,
    readable_suffixes,
)

__all__ = ["Reading", "read", "read_entry", "read_file", "readable_suffixes"]
