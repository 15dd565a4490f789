"""Foreign JSON: refused, or harmless to keep."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.strict_json import BadJson, load_json


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "is not JSON: line 1, column 1"),
        (b'{"a": 1,\n}', "is not JSON: line 2, column 1"),
        (b'"\xff"', "is not UTF-8"),
        (b"NaN", "has NaN, which is no JSON"),
        (b"[-Infinity]", "has -Infinity, which is no JSON"),
        (b"1e999", "has a number beyond 64 bits"),
        (b"9223372036854775808", "has a number beyond 64 bits"),
        (b"9" * 5_000, "has a number beyond 64 bits"),
        (b"[" * 65 + b"]" * 65, "is nested too deeply"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "is nested too deeply"),
        (b"[" * 100_000, "is nested too deeply"),
    ],
)
def test_what_is_refused_is_refused_with_its_reason(text: bytes, reason: str):
    with pytest.raises(BadJson) as caught:
        load_json(text)

    assert caught.value.reason == reason


def test_sixty_four_levels_are_bearable():
    assert load_json(b"[" * 64 + b"]" * 64)


def test_numbers_up_to_64_bits_are_kept():
    assert load_json(b"[-9223372036854775808, 9223372036854775807]") == [-(2**63), 2**63 - 1]


def test_a_byte_order_mark_is_no_fault():
    assert load_json(b"\xef\xbb\xbf1") == 1


def test_half_a_character_is_replaced_and_nul_too_so_that_two_ids_stay_two():
    text = rb'{"a\u0000b": ["\ud83d", "\ud83d\ude00", {"c": "x\u0000\udc00y"}]}'

    assert load_json(text) == {"a\ufffdb": ["\ufffd", "😀", {"c": "x\ufffd\ufffdy"}]}


@settings(max_examples=200)
@given(
    st.binary() | st.text().map(str.encode) | st.text(alphabet='[]{}":,0e-\\uD8').map(str.encode)
)
def test_any_bytes_give_a_value_that_can_be_stored_or_one_reason(text: bytes):
    with suppress(BadJson):
        json.dumps(load_json(text), ensure_ascii=False, allow_nan=False).encode()
