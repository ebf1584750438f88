"""The procedure step by step: each use case is one verb, one transaction, one entry in a chain.

In the order of 条例第四十五条 (登记、审核、办理、答复、归档): `drafts`, `before_filing`, `filing`,
`intake`, `receiving`, `correcting`, `consulting`, `searching`, `writing`, `approving`, `sending`,
`ending`; beside them `publishing` (第四十四条) and `pacing`. What may follow stands in
`rules.transitions`; `case_file` asks it before anything is written down, `repeating` knows what was
sent twice, and `announcing` tells the applicant in the same transaction. Of a letter `effects`
knows the step that it is, `telling_limits` and `hindrances` what stands in its way, `finishing` its
document.
"""
