"""Storage: one engine, explicit transactions, one list of tables."""

from inquiry_service.storage.engine import Database
from inquiry_service.storage.schema import UtcMoment, metadata

__all__ = ["Database", "UtcMoment", "metadata"]
