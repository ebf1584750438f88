"""Conversation: a message in, typed replies out, one owner at a time, everything recorded."""
