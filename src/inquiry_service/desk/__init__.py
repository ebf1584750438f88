"""The staff console."""

from inquiry_service.desk.parts import DeskParts
from inquiry_service.desk.router import router

__all__ = ["DeskParts", "router"]
