"""The small bureau of `talking_house` for this room."""

from talking_house import conversations, report_index, sources

__all__ = ["conversations", "report_index", "sources"]
