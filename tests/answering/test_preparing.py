"""Preparing happens once, is checked by digest, and never leaves half a directory behind."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from inquiry_service.answering.encoder import OnnxEncoder, open_encoder
from inquiry_service.answering.model_directory import (
    RECORD,
    Pooling,
    open_model_directory,
    sha256_of,
)
from inquiry_service.answering.packed_weights import read_packed_model
from inquiry_service.answering.preparing import prepare_encoder, prepare_from_weights
from inquiry_service.answering.sentence_transformers_files import build_tokenizer
from inquiry_service.errors import ConfigurationFault, PartUnavailable
from packed_specimen import write_specimen


def silent(_: str) -> None:
    """A report that nobody reads."""


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return write_specimen(tmp_path / "packed.bin")


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """A finished directory written by hand: what `open_model_directory` looks at."""
    directory = tmp_path / "models" / "tiny"
    (directory / "onnx").mkdir(parents=True)
    (directory / "onnx" / "model_int8.onnx").write_bytes(b"graph")
    (directory / "model.safetensors").write_bytes(b"weights")
    files = {
        name: {
            "bytes": (directory / name).stat().st_size,
            "sha256": sha256_of(directory / name),
            "loaded": name.endswith(".onnx"),
        }
        for name in ("onnx/model_int8.onnx", "model.safetensors")
    }
    record = {
        "format": 1,
        "identity": {
            "model": "tiny",
            "digest": "d",
            "dimension": 4,
            "question_prompt": "问：",
            "passage_prompt": "",
        },
        "pooling": "mean",
        "max_tokens": 16,
        "onnx": "onnx/model_int8.onnx",
        "files": files,
    }
    (directory / RECORD).write_text(json.dumps(record), "utf-8")
    return directory


def test_a_finished_directory_says_which_model_it_is(finished: Path) -> None:
    model = open_model_directory(finished)

    assert model.identity.model == "tiny"
    assert model.identity.question_prompt == "问："
    assert (model.pooling, model.max_tokens) == (Pooling.MEAN, 16)
    assert model.onnx == finished / "onnx" / "model_int8.onnx"


def test_a_changed_byte_in_a_loaded_file_is_refused(finished: Path) -> None:
    (finished / "onnx" / "model_int8.onnx").write_bytes(b"grapH")

    with pytest.raises(PartUnavailable, match=r"model_int8\.onnx 缺失或已损坏"):
        open_encoder(finished)


def test_a_file_cut_short_is_refused(finished: Path) -> None:
    (finished / "model.safetensors").write_bytes(b"wei")

    with pytest.raises(PartUnavailable, match=r"model\.safetensors 缺失或已损坏"):
        open_encoder(finished)


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "files": {}}'])
def test_an_unreadable_record_is_refused(finished: Path, record: str) -> None:
    (finished / RECORD).write_text(record, "utf-8")

    with pytest.raises(PartUnavailable, match=r"inquiry-model\.json 缺失或已损坏"):
        open_encoder(finished)


def test_a_missing_directory_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PartUnavailable, match="inquiry-service encoder prepare"):
        open_encoder(tmp_path / "nowhere")


def test_weights_with_another_digest_are_refused_and_nothing_is_left(
    tmp_path: Path, weights: Path
) -> None:
    target = tmp_path / "models" / "tiny"

    with pytest.raises(ConfigurationFault, match="摘要不符"):
        prepare_from_weights(weights, target, "0" * 64, silent)

    assert [path.name for path in target.parent.iterdir()] == [".preparing.lock"]


def test_broken_weights_leave_nothing_behind(tmp_path: Path, weights: Path) -> None:
    weights.write_bytes(weights.read_bytes()[:2000])
    target = tmp_path / "models" / "tiny"

    with pytest.raises(PartUnavailable, match="已损坏"):
        prepare_from_weights(weights, target, sha256_of(weights), silent)

    assert [path.name for path in target.parent.iterdir()] == [".preparing.lock"]


def test_a_missing_foreign_directory_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match="INQUIRY_ENCODER_MODEL"):
        prepare_encoder(tmp_path, model=str(tmp_path / "nowhere"), report=silent)


def test_a_foreign_directory_without_weights_names_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "tokenizer.json").write_text("{}")

    with pytest.raises(ConfigurationFault, match=r"缺少 model\.safetensors"):
        prepare_encoder(tmp_path, model=str(tmp_path), report=silent)


def test_a_foreign_directory_is_used_where_it_lies_with_its_own_prompts(tmp_path: Path) -> None:
    write = {
        "config.json": {"hidden_size": 512, "max_position_embeddings": 512},
        "tokenizer.json": {},
        "1_Pooling/config.json": {"pooling_mode_cls_token": True},
        "config_sentence_transformers.json": {"prompts": {"query": "为这个句子：", "document": ""}},
        "sentence_bert_config.json": {"max_seq_length": 256},
        "onnx/model.onnx": {},
    }
    for name, content in write.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(content), "utf-8")

    used = prepare_encoder(tmp_path / "home", model=str(tmp_path), report=silent)
    model = open_model_directory(used)

    assert used == tmp_path
    assert model.identity.dimension == 512
    assert model.identity.question_prompt == "为这个句子："
    assert (model.pooling, model.max_tokens) == (Pooling.FIRST, 256)
    assert model.onnx == tmp_path / "onnx" / "model.onnx"


def test_another_pooling_is_refused_instead_of_answering_wrongly(tmp_path: Path) -> None:
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text('{"pooling_mode": "max"}')
    for name in ("tokenizer.json", "model.safetensors"):
        (tmp_path / name).write_text("")
    (tmp_path / "config.json").write_text('{"hidden_size": 8}')

    with pytest.raises(ConfigurationFault, match="max"):
        open_model_directory(tmp_path)


def test_the_tokenizer_keeps_the_models_exceptions_to_nfkc(weights: Path) -> None:
    tokenizer = build_tokenizer(read_packed_model(weights).pieces, longest=16)

    assert tokenizer.encode("公开０～\u200b年\x07报").tokens == [
        "<s>", "▁", "公", "开", "0", "～", "▁", "年", "报", "</s>",
    ]  # fmt: skip
    assert len(tokenizer.encode("粮食" * 50).ids) == 16


@pytest.mark.encoder
def test_a_second_preparation_changes_nothing(tmp_path: Path, weights: Path) -> None:
    target, digest = tmp_path / "models" / "tiny", sha256_of(weights)
    prepare_from_weights(weights, target, digest, silent)
    before = (target / RECORD).stat().st_mtime_ns
    weights.unlink()

    prepare_from_weights(weights, target, digest, silent)

    assert (target / RECORD).stat().st_mtime_ns == before


@pytest.mark.encoder
def test_half_written_and_damaged_directories_are_replaced(tmp_path: Path, weights: Path) -> None:
    target, digest = tmp_path / "models" / "tiny", sha256_of(weights)
    (target.parent / ".preparing-broken-off").mkdir(parents=True)
    target.mkdir()
    (target / "config.json").write_text("{}")

    prepare_from_weights(weights, target, digest, silent)

    assert open_encoder(target).identity.dimension == 32
    assert sorted(path.name for path in target.parent.iterdir()) == [".preparing.lock", "tiny"]


@pytest.mark.encoder
def test_another_layer_is_another_model(tmp_path: Path, weights: Path) -> None:
    target, digest = tmp_path / "models" / "tiny", sha256_of(weights)
    prepare_from_weights(weights, target, digest, silent)
    without = open_encoder(target)

    prepare_from_weights(weights, target, digest, silent, np.tri(32, dtype=np.float32))

    turned = open_encoder(target)
    assert turned.identity.digest != without.identity.digest
    expected = without.encode_passages(["年报"]) @ np.tri(32, dtype=np.float32)
    likeness = turned.encode_passages(["年报"]) @ expected.T / np.linalg.norm(expected)
    assert likeness == pytest.approx(1, abs=1e-4)


@pytest.mark.encoder
def test_preparing_twice_gives_the_same_files(tmp_path: Path, weights: Path) -> None:
    digest = sha256_of(weights)
    first, second = (
        prepare_from_weights(weights, tmp_path / name / "tiny", digest, silent) for name in "ab"
    )

    assert (first / RECORD).read_bytes() == (second / RECORD).read_bytes()


@pytest.mark.encoder
def test_a_foreign_model_without_onnx_gets_a_file_made_beside_ours(
    tmp_path: Path, weights: Path
) -> None:
    layer = np.tri(32, dtype=np.float32)
    made = prepare_from_weights(weights, tmp_path / "tiny", sha256_of(weights), silent, layer)
    foreign = tmp_path / "foreign"
    shutil.copytree(made, foreign, ignore=shutil.ignore_patterns("onnx", RECORD))

    used = prepare_encoder(tmp_path / "home", model=str(foreign), report=silent)

    assert used.parent == tmp_path / "home" / "models"
    assert not (foreign / "onnx").exists()
    ours, theirs = open_encoder(made), open_encoder(used)
    assert isinstance(theirs, OnnxEncoder)
    assert theirs.identity.question_prompt == "query: "
    assert theirs.identity.digest not in (open_encoder(foreign).identity.digest, "")
    for text in ("公开信息收费吗", "年报"):
        likeness = ours.encode_passages([text]) @ theirs.encode_passages([text]).T
        assert float(likeness[0, 0]) > 0.99
