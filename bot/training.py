"""Check the bot's data, and train it when it changed.

    training.py --home var          train into var/bot/model.tar.gz
    training.py --out model.tar.gz  train into that file
    training.py --check             only validate

Beside the model lies `model.digest`: what it was trained from. While that is still the same,
nothing is loaded and nothing is trained. Runs under the bot's own interpreter (CPython 3.10).
"""

import argparse
import hashlib
import logging
import os
import sys
import tempfile
import time
import warnings
from importlib.metadata import version
from pathlib import Path

from launcher import RASA_VERSION, prepare_environment, refuse_other_versions

BOT = Path(__file__).resolve().parent
CONFIG = BOT / "config.yml"
DOMAIN = BOT / "domain"
DATA = BOT / "data"


def say(sentence: str) -> None:
    print(f"      {sentence}", flush=True)


def sources() -> list[Path]:
    return [CONFIG, *sorted(DOMAIN.rglob("*.yml")), *sorted(DATA.rglob("*.yml"))]


def digest_of_data() -> str:
    """What a model depends on: the files by name and content, and the Rasa that reads them."""
    digest = hashlib.sha256(RASA_VERSION.encode())
    for path in sources():
        digest.update(path.relative_to(BOT).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current(model: Path) -> bool:
    digest = digest_file(model)
    return model.exists() and digest.exists() and digest.read_text().strip() == digest_of_data()


def digest_file(model: Path) -> Path:
    return model.with_name("model.digest")


def validate() -> None:
    """As `rasa data validate --fail-on-warnings`: ends the program when the data is not sound."""
    from rasa.cli.utils import validate_files
    from rasa.shared.importers.importer import TrainingDataImporter

    remarks = Remarks()
    warnings.showwarning = remarks.hear
    importer = TrainingDataImporter.load_from_config(str(CONFIG), str(DOMAIN), [str(DATA)])
    try:
        validate_files(fail_on_warnings=True, max_history=None, importer=importer)
    except SystemExit:
        for remark in remarks:
            say(remark)
        raise


def train(model: Path) -> None:
    """Train from nothing, so that the same data always gives the same model."""
    import rasa.model_training

    started = time.monotonic()
    digest = digest_of_data()
    model.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=str(model.parent)) as fresh:
        rasa.model_training.train(
            domain=str(DOMAIN),
            config=str(CONFIG),
            training_files=[str(DATA)],
            output=fresh,
            force_training=True,
            fixed_model_name=model.name,
        )
        (Path(fresh) / model.name).replace(model)
    digest_file(model).write_text(digest + "\n")
    say(f"trained in {time.monotonic() - started:.0f} s: {model}")


def quieten() -> None:
    """Leave the names of the parts that are trained and the bar of the epochs."""
    from rasa.utils.log_utils import configure_structlog

    os.environ["LOG_LEVEL"] = "INFO"  # at warning Rasa hides the bar
    configure_structlog(logging.WARNING)
    logging.basicConfig(format="      %(message)s", level=logging.WARNING)
    logging.getLogger("rasa.engine.training.hooks").setLevel(logging.INFO)
    logging.getLogger("jieba").setLevel(logging.WARNING)


class Remarks(list[str]):
    """What Rasa remarks on the data; what its libraries regret is nobody's business."""

    def hear(self, message: Warning | str, category: type[Warning], *_where: object) -> None:
        if issubclass(category, UserWarning):
            self.append(str(message))


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Check the bot's data, train it when it changed.")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--home", type=Path, help="the service's folder: bot/model.tar.gz in it")
    where.add_argument("--out", type=Path, help="the model file itself")
    where.add_argument("--check", action="store_true", help="only validate the data")
    parser.add_argument("--force", action="store_true", help="train even when nothing changed")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    wanted = parse(arguments)
    model = wanted.out or (wanted.home / "bot" / "model.tar.gz" if wanted.home else None)
    if model and not wanted.force and is_current(model):
        say("the bot's model is up to date")
        return 0
    prepare_environment()
    refuse_other_versions(version("rasa"))
    quieten()
    say("checking the bot's data")
    validate()
    if model:
        say("training the bot: about a minute on two cores")
        with tempfile.TemporaryDirectory() as cache:
            os.environ["RASA_CACHE_DIRECTORY"] = cache
            train(model.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
