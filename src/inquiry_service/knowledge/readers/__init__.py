"""One file in, its documents out; a file that cannot be used says why and what to do."""

from inquiry_service.knowledge.readers.extracting import Extractor
from inquiry_service.knowledge.readers.reading import (
    SIDE_CARS,
    Reading,
    is_left_alone,
    place_of,
    read,
    read_all,
    read_entry,
    read_file,
    side_cars_of,
)
from inquiry_service.knowledge.readers.sniffing import readable_suffixes

__all__ = [
    "SIDE_CARS",
    "Extractor",
    "Reading",
    "is_left_alone",
    "place_of",
    "read",
    "read_all",
    "read_entry",
    "read_file",
    "readable_suffixes",
    "side_cars_of",
]
