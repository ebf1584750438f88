"""Answering: a question in, a verbatim quote with its source out, or an honest other ending."""
