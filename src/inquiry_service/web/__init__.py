"""The public pages and JSON API."""

from inquiry_service.web.parts import WebParts
from inquiry_service.web.router import router

__all__ = ["WebParts", "router"]
