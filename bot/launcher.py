"""Start Rasa for this house, without the work it repeats at every turn.

    launcher.py run ...             as `rasa run`, with the savings of `frugality.py`
    launcher.py train --out FILE    train when the bot's data changed (see `training.py`)
    launcher.py check               validate the bot's data

The savings replace single functions of one known Rasa, so any other version is refused.
"""

import os
import sys
from importlib.metadata import version
from pathlib import Path

RASA_VERSION = "3.6.21"

# Set before TensorFlow is loaded: for messages of a line or two one thread is faster than
# several that wait for each other. Nothing is reported to anyone.
ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "LOG_LEVEL": "WARNING",
    "LOG_LEVEL_LIBRARIES": "ERROR",
}


def prepare_environment() -> None:
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)


def refuse_other_versions(found: str) -> None:
    if found != RASA_VERSION:
        sys.exit(
            f"This launcher is fitted to Rasa {RASA_VERSION}, but {found} is installed. "
            "Install bot/requirements.lock, or start Rasa without the launcher."
        )


def run() -> None:
    """Rasa's own command line, after the savings are in place."""
    refuse_other_versions(version("rasa"))
    import frugality
    from rasa.__main__ import main as rasa

    frugality.apply()
    rasa()


def main() -> None:
    prepare_environment()
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    if sys.argv[1:2] == ["train"] or sys.argv[1:2] == ["check"]:
        import training

        arguments = ["--check"] if sys.argv[1] == "check" else []
        sys.exit(training.main(arguments + sys.argv[2:]))
    run()


if __name__ == "__main__":
    main()
