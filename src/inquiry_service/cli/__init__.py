"""The command line: `inquiry-service`, also `python -m inquiry_service`.

Exit codes: 0 done, 1 the work failed, 2 wrong use.
"""

import sys

from inquiry_service.cli.app import app
from inquiry_service.errors import BadInput, InquiryError

__all__ = ["app", "main"]


def main() -> None:
    """Run one command; an error of our own family is a sentence, never a trace."""
    try:
        app()
    except BadInput as fault:  # what was typed cannot be used: wrong use, like an unknown option
        sys.stderr.writelines(f"{problem.message}\n" for problem in fault.problems)
        raise SystemExit(2) from None
    except InquiryError as fault:
        sys.stderr.write(f"{fault.message}\n")
        raise SystemExit(1) from None
    except BrokenPipeError:
        raise SystemExit(1) from None
