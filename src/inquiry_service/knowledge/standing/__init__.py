"""Whether a text still holds, what ended or changed it, and what explains it."""
