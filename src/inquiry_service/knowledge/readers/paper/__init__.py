"""From marks on paper to text: what PDF, OFD and recognised pictures have in common.

Glyphs become lines, lines columns, columns paragraphs and headings; what is repeated at the edge
of every page is dropped; ruled grids become tables. Coordinates: points or pixels or
millimetres, whatever the page is measured in, from the top left corner downwards.
"""
