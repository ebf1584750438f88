"""The small bureau of `talking_house`, reached over WeChat's protocol."""

from talking_house import conversations, report_index, sources

__all__ = ["conversations", "report_index", "sources"]
