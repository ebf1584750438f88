"""The procedure as the law has it: pure, each module one thing.

What is asked for: `request`, `identity`, `matters`, `channels`, `numbering`. What can happen:
`events`, `recorded`, `position` with `letter_states`, `transitions` with its `guards` and
`guards_letters`, asked by `lawful`. By when: `clock`, `opinions`, `assuming`, `reminders`,
`retention`. How it ends: `outcomes`, `remedies`, `fees`. How that is told: `progress`.
"""
