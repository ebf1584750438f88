"""Migrations, run by `storage.migrating.upgrade`; one file per step in `versions/`.

Each step names the one before it, is never edited after a release, and has no way back.
"""
