"""The promises of `Encoder`, kept by the twin, by onnxruntime and by sentence-transformers."""

import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from inquiry_service.answering.centring import CentredEncoder
from inquiry_service.answering.encoder import (
    Encoder,
    OnnxEncoder,
    Progress,
    SentenceTransformersEncoder,
    Vectors,
    open_encoder,
)
from inquiry_service.answering.model_directory import RECORD, sha256_of
from inquiry_service.answering.twins import HashingEncoder
from packed_specimen import write_specimen

TEXTS = ("信息公开收费吗", "2017年报", "", "粮食 " * 40, "ＡＢＣ～\u200b", "信息公开收费吗")


class EncoderContract:
    """Inherit, and give a fixture `encoder`."""

    def test_there_is_one_row_of_length_one_for_each_text_even_a_blank_one(
        self, encoder: Encoder
    ) -> None:
        for rows in (encoder.encode_questions(TEXTS), encoder.encode_passages(TEXTS)):
            assert rows.shape == (len(TEXTS), encoder.identity.dimension)
            assert rows.dtype == np.float32
            assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)

    def test_no_text_gives_no_row_of_the_right_width(self, encoder: Encoder) -> None:
        assert encoder.encode_questions([]).shape == (0, encoder.identity.dimension)
        assert encoder.encode_passages([]).shape == (0, encoder.identity.dimension)

    def test_a_text_has_the_same_vector_whatever_is_beside_it(self, encoder: Encoder) -> None:
        together = encoder.encode_passages(TEXTS)
        alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])

        assert np.array_equal(together, alone)

    def test_a_long_text_is_cut_at_its_end(self, encoder: Encoder) -> None:
        long = "粮食收费" * 20_000

        cut, longer = encoder.encode_passages([long, long + "年报"])

        assert np.array_equal(cut, longer)

    def test_progress_rises_to_the_number_of_passages(self, encoder: Encoder) -> None:
        told: list[int] = []

        encoder.encode_passages(TEXTS, progress=told.append)

        assert told == sorted(set(told))
        assert told[-1] == len(TEXTS)

    def test_many_threads_get_what_one_thread_gets(self, encoder: Encoder) -> None:
        one_by_one = [encoder.encode_questions([text]) for text in TEXTS]

        with ThreadPoolExecutor(6) as threads:
            at_once = list(threads.map(lambda text: encoder.encode_questions([text]), TEXTS * 3))

        assert all(
            np.array_equal(result, one_by_one[place % len(TEXTS)])
            for place, result in enumerate(at_once)
        )

    def test_the_identity_is_complete(self, encoder: Encoder) -> None:
        assert encoder.identity.model
        assert encoder.identity.digest
        assert encoder.identity.dimension > 0


class TestTheTwin(EncoderContract):
    @pytest.fixture
    def encoder(self) -> Encoder:
        return HashingEncoder()

    def test_shared_wording_is_nearer_than_other_wording(self, encoder: Encoder) -> None:
        asked = encoder.encode_questions(["信息公开收费吗"])[0]
        same, other = encoder.encode_passages(["政府信息公开不收费用。", "粮食收购企业备案"])

        assert asked @ same > asked @ other

    def test_its_vectors_are_the_same_on_every_machine(self) -> None:
        row = HashingEncoder(8).encode_questions(["粮食"])[0]

        expected = np.array([0.5, 0, 2, -1, 0, 0, 0, 0])
        assert row == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)


class Crowded(HashingEncoder):
    """All texts alike, as many learnt encoders have them: unlike ones are about .8 alike."""

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        rows = super().encode_passages(texts, progress=progress)
        rows[:, 1] += 2.0
        crowded: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return crowded


class TestSomebodyElsesCentred(EncoderContract):
    @pytest.fixture
    def encoder(self) -> Encoder:
        return CentredEncoder(Crowded())

    def test_unlike_texts_lie_about_nothing_and_like_ones_stay_alike(
        self, encoder: Encoder
    ) -> None:
        texts = ("粮食收购备案向哪里办理", "粮食收购备案在哪里办理", "图书馆周一开门吗")
        near, like, unlike = Crowded().encode_questions(texts)
        assert near @ unlike > 0.75

        near, like, unlike = encoder.encode_questions(texts)

        assert abs(near @ unlike) < 0.3
        assert near @ like > 0.6

    def test_its_index_is_not_mistaken_for_one_that_is_not_centred(self, encoder: Encoder) -> None:
        assert encoder.identity.digest != Crowded().identity.digest
        assert encoder.identity == CentredEncoder(Crowded()).identity


@pytest.fixture(scope="session")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model prepared like the real one."""
    from inquiry_service.answering.preparing import prepare_from_weights

    folder = tmp_path_factory.mktemp("models")
    weights = write_specimen(folder / "packed.bin")
    dense = np.eye(32, dtype=np.float32) + np.tri(32, dtype=np.float32)
    return prepare_from_weights(weights, folder / "tiny", sha256_of(weights), lambda _: None, dense)


@pytest.fixture(scope="session")
def quick(specimen: Path) -> Encoder:
    return open_encoder(specimen, sessions=3)


@pytest.fixture(scope="session")
def slow(specimen: Path, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """The same model as somebody else's directory: no record of ours, no ONNX file."""
    foreign = tmp_path_factory.mktemp("foreign") / "tiny"
    shutil.copytree(specimen, foreign, ignore=shutil.ignore_patterns("onnx", RECORD))
    return open_encoder(foreign)


@pytest.mark.encoder
class TestOnnxruntime(EncoderContract):
    @pytest.fixture
    def encoder(self, quick: Encoder) -> Encoder:
        assert isinstance(quick, OnnxEncoder)
        return quick


@pytest.mark.encoder
def test_a_model_of_the_settings_is_centred(specimen: Path) -> None:
    from inquiry_service.bootstrap.engine import encoder
    from inquiry_service.settings import Settings

    opened = encoder(Settings.load(encoder_model=str(specimen)))

    assert opened.identity == CentredEncoder(open_encoder(specimen)).identity


@pytest.mark.encoder
class TestSentenceTransformers(EncoderContract):
    @pytest.fixture
    def encoder(self, slow: Encoder) -> Encoder:
        assert isinstance(slow, SentenceTransformersEncoder)
        return slow

    def test_it_agrees_with_onnxruntime(self, encoder: Encoder, quick: Encoder) -> None:
        questions = encoder.encode_questions(TEXTS) * quick.encode_questions(TEXTS)
        passages = encoder.encode_passages(TEXTS) * quick.encode_passages(TEXTS)

        assert (questions.sum(axis=1) > 0.995).all()
        assert (passages.sum(axis=1) > 0.995).all()


@pytest.fixture(scope="session")
def prepared() -> Path:
    """The real model; missing is a failure, because `make setup` prepares it."""
    home = Path(os.environ.get("INQUIRY_HOME", "var"))
    directory = home / "models" / "multilingual-e5-small"
    assert directory.is_dir(), f"no prepared model in {directory}: run `make model`"
    return directory


@pytest.fixture(scope="session")
def real(prepared: Path) -> Encoder:
    return open_encoder(prepared)


@pytest.mark.encoder
class TestThePreparedModel(EncoderContract):
    @pytest.fixture
    def encoder(self, real: Encoder) -> Encoder:
        return real

    def test_a_question_finds_the_passage_that_answers_it_in_other_words(
        self, encoder: Encoder
    ) -> None:
        asked = encoder.encode_questions(["申请公开政府信息要交钱吗？"])[0]
        passages = encoder.encode_passages(
            ["行政机关提供政府信息，不收取费用。", "收购资金由粮食收购者自行筹措。", "今日晴。"]
        )

        assert int(np.argmax(passages @ asked)) == 0

    def test_int8_keeps_parity_with_full_precision(self, encoder: Encoder, prepared: Path) -> None:
        from sentence_transformers import SentenceTransformer

        exact = SentenceTransformer(str(prepared), device="cpu", local_files_only=True)
        texts = ["信息公开收费吗？", "储备粮轮换3～5年一次。", "年度报告\n公布了 12 件申请。"]

        likeness = encoder.encode_questions(texts) * exact.encode(texts, prompt_name="query")

        assert (likeness.sum(axis=1) > 0.98).all()
