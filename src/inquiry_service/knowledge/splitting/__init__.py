"""A document's text becomes passages, cut where its author cut it.

Headings lead to a place and are never a passage of their own; an article (条) stays whole while
it fits and is else cut and cited by paragraph (款) and item (项); a question stays with its answer;
a table is cut by row; anything longer than `SIZE_CAP` is halved at the best boundary near its
middle. Nothing is lost: headings and texts, in order, give back the document.
White space is the one exception: what stands between passages may be dropped.
"""

from inquiry_service.knowledge.splitting.doubts import Doubt, doubts_of
from inquiry_service.knowledge.splitting.passages import SIZE_CAP, SPLITTER_VERSION, joined, split

__all__ = ["SIZE_CAP", "SPLITTER_VERSION", "Doubt", "doubts_of", "joined", "split"]
