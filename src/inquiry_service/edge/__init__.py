"""What all faces share: the error table, templates, static files, security headers, signed forms.

`install` puts it around an application; a face then only parses, calls and renders.
"""

from inquiry_service.edge.front import install
from inquiry_service.edge.pages import render

__all__ = ["install", "render"]
