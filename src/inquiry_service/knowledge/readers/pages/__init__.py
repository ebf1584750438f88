"""The parts of reading a web page: its article, what it says of itself, its text."""
