"""Conversation: a message in, typed replies out, one owner at a time, everything recorded.

`turn` is the way in. Around it: `opening` (whose conversation), `hearing` (what is heard and
kept), `claiming` (computed once), `choosing` and `tracking` (settled by rule before any
dialogue), `port` (of the dialogue, with `rasa` and its twin `direct`), `answers`, `feedback` and
`requesting` (what both of them do), `unfinished` (a form whose thread was lost), `speaking` and
`wording` (what is said), `transcript`.
"""
