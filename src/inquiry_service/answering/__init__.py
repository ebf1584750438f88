"""Answering: a question in, a verbatim quote with its source out, or an honest other ending."""

import os

# Before numpy is loaded. What is multiplied for one question takes a tenth of a millisecond on one
# thread, and up to seven where two threads wait for each other beside the encoder. And the last bit
# of a sum depends on how many threads share it: the same answer on every machine needs one number.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
