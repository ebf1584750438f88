"""The desk's parts for these tests."""

from desk_house import clerk, conversations, desk_parts, file, report_index, sources, visitor

__all__ = ["clerk", "conversations", "desk_parts", "file", "report_index", "sources", "visitor"]
