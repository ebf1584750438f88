"""What likeness means with our encoder: from which cosine on a text is near, and to what.

The layer behind the encoder (`fitted_dense`) spreads cosines out: texts that have nothing in common
lie about 0, a question and the passage that answers it between .3 and .7. Another model's vectors
are brought near these ranges by `centring`.
"""

USUAL, USUAL_SPAN = 0.0, 0.7
"""From where, and over how much, likeness of question and passage is counted as 0 to 1."""

ASKED = 0.1
"""From which a published question says more than that it is a question."""

OFFERED = 0.5
"""From which a published question is offered: below it they are near in form only."""

ALIKE = 0.6
"""From which something published here is asked in nearly these words."""

SAME_QUESTION = 0.86
"""From which a question that a card answers, or a document does not, is what was meant."""

APART = 0.04
"""By so much a card's own question must be nearer than one it does not answer."""
