"""The command line: `inquiry-service`, also `python -m inquiry_service`.

Exit codes: 0 done, 1 the work failed, 2 wrong use.
"""

import sys

from inquiry_service.cli.app import app
from inquiry_service.errors import InquiryError

__all__ = ["app", "main"]


def main() -> None:
    """Run one command; an error of our own family is one sentence and exit code 1."""
    try:
        app()
    except InquiryError as fault:
        sys.stderr.write(f"{fault.message}\n")
        raise SystemExit(1) from None
    except BrokenPipeError:
        raise SystemExit(1) from None
