"""The public pages and JSON API."""
