"""Signatures and encryption, against WeChat's published examples and a second implementation."""

import json
import warnings
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.errors import ConfigurationFault, NotAllowed
from inquiry_service.wechat.account import Account

KEY = "A" * 43
OFFICIAL = Account(token="AAAAA", app_id="wxba5fad812f8e6fb9", aes_key=KEY)
PUSHED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
    "ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3F"
    "n2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSe"
    "OBrebufAlr7F9mFUPAJGj04="
)
REPLIED = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="


def second_implementation() -> "Callable[..., object]":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from wechatpy.crypto import WeChatCrypto
    made: Callable[..., object] = WeChatCrypto
    return made


def test_the_official_plain_push_is_signed_as_published() -> None:
    OFFICIAL.check("899cf89e464efb63f54ddac96b0a0a235f53aa78", "1714037059", "486452656")


def test_the_official_safe_push_is_signed_and_decrypted_as_published() -> None:
    signature = "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
    OFFICIAL.check(signature, "1714112445", "415670741", PUSHED)
    assert json.loads(OFFICIAL.decrypt(PUSHED))["Event"] == "debug_demo"


def test_the_official_reply_is_encrypted_and_signed_as_published() -> None:
    encrypted = OFFICIAL.encrypt('{"demo_resp":"good luck"}', random=b"707722b803182950")
    assert encrypted == REPLIED
    signature = OFFICIAL.signature("1713424427", "415670741", encrypted)
    assert signature == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_encrypted_comes_back_whatever_it_is(message: str) -> None:
    assert OFFICIAL.decrypt(OFFICIAL.encrypt(message)) == message


@given(st.binary(min_size=32, max_size=96), st.integers(0, 95))
def test_a_changed_or_invented_ciphertext_is_refused_and_never_breaks(
    noise: bytes, at: int
) -> None:
    import base64

    with pytest.raises(NotAllowed):
        OFFICIAL.decrypt(base64.b64encode(noise).decode() + "=" * (at % 3 + 1))


def test_a_second_implementation_reads_what_we_write_and_we_what_it_writes() -> None:
    other = second_implementation()("AAAAA", KEY, OFFICIAL.app_id)
    encrypted = OFFICIAL.encrypt("<xml>您好</xml>")
    signature = OFFICIAL.signature("1", "2", encrypted)
    envelope = f"<xml><Encrypt>{encrypted}</Encrypt></xml>"
    assert other.decrypt_message(envelope, signature, "1", "2") == "<xml>您好</xml>"  # type: ignore[attr-defined]


def test_a_message_for_another_account_is_refused() -> None:
    other = Account(token="AAAAA", app_id="wx0000000000000000", aes_key=KEY)
    with pytest.raises(NotAllowed, match="不属于本公众号"):
        OFFICIAL.decrypt(other.encrypt("你好"))


@pytest.mark.parametrize("text", ["", "not base64!", "QUJD", "A" * 44])
def test_what_is_not_a_ciphertext_is_refused(text: str) -> None:
    with pytest.raises(NotAllowed):
        OFFICIAL.decrypt(text)


def test_a_forged_signature_is_refused() -> None:
    with pytest.raises(NotAllowed, match="签名不符"):
        OFFICIAL.check("0" * 40, "1714037059", "486452656")


@pytest.mark.parametrize("key", ["A" * 42, "A" * 44, "!" * 43])
def test_a_key_that_cannot_be_one_is_refused_at_start_and_the_setting_is_named(key: str) -> None:
    with pytest.raises(ConfigurationFault, match="INQUIRY_WECHAT_AES_KEY"):
        Account(token="t", app_id="wx1", aes_key=key)


def test_safe_mode_without_an_app_id_is_refused_at_start() -> None:
    with pytest.raises(ConfigurationFault, match="INQUIRY_WECHAT_APP_ID"):
        Account(token="t", aes_key=KEY)


def test_an_account_printed_in_a_log_shows_no_secret() -> None:
    shown = repr(Account(token="quite-secret", app_id="wx1", aes_key=KEY))
    assert "quite-secret" not in shown
    assert KEY not in shown
