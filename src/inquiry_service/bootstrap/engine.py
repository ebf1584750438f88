"""The encoder and the answer engine, from settings."""

from collections.abc import Callable
from pathlib import Path

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.centring import CentredEncoder
from inquiry_service.answering.encoder import Encoder, open_encoder
from inquiry_service.answering.preparing import prepare_encoder
from inquiry_service.settings import Settings


def _untold(_line: str) -> None:
    """Nobody is watching this preparation."""


def model_folder(settings: Settings, report: Callable[[str], None] = _untold) -> Path:
    """The model's folder, prepared when it is not there yet."""
    return prepare_encoder(
        settings.home,
        model=settings.encoder_model or None,
        models=settings.models_folder,
        report=report,
    )


def encoder(settings: Settings) -> Encoder:
    """The encoder, its model prepared when that can be done here.

    Another model than ours is centred: the house's thresholds count on it.
    """
    opened = open_encoder(model_folder(settings), sessions=settings.encoder_sessions)
    return CentredEncoder(opened) if settings.encoder_model else opened


def prepared_encoder(settings: Settings) -> Encoder | None:
    """The encoder when its model is there; None before `encoder prepare`."""
    if not settings.encoder_model and not settings.models_folder.is_dir():
        return None
    return encoder(settings)


def engine(settings: Settings) -> AnswerEngine:
    """The engine on the current index. Raises `IndexUnusable`."""
    return AnswerEngine.open(settings.index_folder, encoder(settings))
