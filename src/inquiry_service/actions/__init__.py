"""What Rasa calls back: custom actions, thin over the use cases.

`endpoint` lets Rasa in, `registry` names every action, `form_rules` reads the form's answers.
Nothing is imported here: whoever only builds `parts` need not load rasa-sdk.
"""
