"""What helps people decide and never decides: pure.

For whoever applies: `triage`. For whoever handles it: `assistant`, `likeness`.
"""
