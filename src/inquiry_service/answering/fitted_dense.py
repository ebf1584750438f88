"""What `fitted_dense.npy` was fitted on; written by `scripts/fit_dense.py --write`."""

FITTED_ON = (
    "statutes sha256:bcd7ea1b5e229c37",
    "catalogue sha256:434ce4b91d089498",
    "the questions that our own documents name",
)

HELD_OUT = (
    "statutes: hit@1 0.500, MRR@10 0.588 without, hit@1 0.513, MRR@10 0.610 with it",
    "catalogue: hit@1 0.995, MRR@10 0.997 without, hit@1 0.991, MRR@10 0.995 with it",
    "our own: hit@1 0.474, MRR@10 0.594 without, hit@1 0.525, MRR@10 0.651 with it",
)
"""On folds that the layer did not see: cosine and words alone, over all passages."""
