"""The parts of reading a Word document: styles, automatic numbers, words of a paragraph."""
