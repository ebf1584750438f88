"""The public face's parts for these tests."""

from public_house import (
    published,
    unpublished_app,
    unpublished_parts,
    web_app,
    web_parts,
)

__all__ = ["published", "unpublished_app", "unpublished_parts", "web_app", "web_parts"]
