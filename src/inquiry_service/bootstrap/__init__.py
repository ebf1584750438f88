"""Builds everything from settings; the only place that knows everyone.

`engine` builds what answers, `house` everything else around it. They are apart so that a command
that only needs the index starts without the web.
"""
