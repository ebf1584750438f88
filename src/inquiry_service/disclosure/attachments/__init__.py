"""Attached files: taken in by their content, sealed, kept apart until they have been checked."""
