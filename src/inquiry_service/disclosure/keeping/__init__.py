"""Keeping case files: audited, exported, reminded of, sealed anew, erased in their time."""
