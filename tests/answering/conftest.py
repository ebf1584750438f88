"""The real encoder and the shipped library indexed with it, made once for all tests here."""

import os
from pathlib import Path

import pytest

from answering.answering_house import REPOSITORY
from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.building import build_index
from inquiry_service.answering.encoder import Encoder, open_encoder
from inquiry_service.knowledge.glossary import load_glossary
from inquiry_service.knowledge.library import load_library

KNOWLEDGE = REPOSITORY / "knowledge"


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    home = Path(os.environ.get("INQUIRY_HOME", REPOSITORY / "var"))
    return open_encoder(home / "models" / "multilingual-e5-small")


@pytest.fixture(scope="session")
def everything(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> AnswerEngine:
    folder = tmp_path_factory.mktemp("knowledge")
    glossary = load_glossary(KNOWLEDGE / "glossary.yaml")
    build_index(load_library([KNOWLEDGE]), encoder, folder, glossary=glossary)
    return AnswerEngine.open(folder, encoder)
