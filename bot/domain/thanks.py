"""Whether a customer's word is only a thank-you, which reopens nothing."""

import re

LONGEST_WORDS = 12  # a longer message says more than thanks

_WORDS = """
    thanks thank thx ty cheers danke dank bedankt dankjewel merci gracias grazie obrigado obrigada
    tack takk tak kiitos dziękuję dzięki děkuji díky köszönöm mulțumesc teşekkürler teşekkür
    спасибо дякую ευχαριστώ شكرا תודה धन्यवाद ありがとう 谢谢 謝謝 감사합니다 👍 🙏 ❤️
"""
_THANKS = frozenset(_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+|[👍🙏]|❤️?")


def is_only_thanks(text: str) -> bool:
    """Short, with a word of thanks, and without a question."""
    words = _WORD.findall(re.sub(r"[@#]\S+", " ", text.casefold()))
    if "?" in text or "？" in text or not 0 < len(words) <= LONGEST_WORDS:
        return False
    return any(word in _THANKS or word.startswith(_SPACELESS) for word in words)


_SPACELESS = ("ありがとう", "谢谢", "謝謝", "감사합니다")
