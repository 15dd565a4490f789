"""Whether a customer's word is only a thank-you, which reopens nothing.

A case reopened for nothing costs a glance, a question taken for thanks costs the customer: so
every word has to be known as small talk, but for a name.
"""

from bot.domain.folding import folded

LONGEST = 12  # words; a longer message says more than thanks


def _words(text: str) -> frozenset[str]:
    return frozenset(folded(text).split())


_THANKS = _words("""
    thanks thank thx thnx ty tysm cheers danke dank bedankt dankjewel dankuwel merci gracias grazie
    obrigado obrigada tack takk tak kiitos dziękuję dzięki děkuji díky ďakujem köszönöm mulțumesc
    teşekkürler teşekkür hvala благодаря спасибо дякую ευχαριστώ شكرا תודה धन्यवाद ขอบคุณ
    👍 🙏 ❤️ 💙 🙌
""")
_SPACELESS = tuple(
    folded(word).strip() for word in ("ありがとう", "谢谢", "謝謝", "多谢", "감사합니다")
)
_SMALL_TALK = _THANKS | _words("""
    a all alright amazing and awesome best day everyone everything excellent fantastic for found
    good got great guys have help helped helpful helping i is it just kind kindly lot love lovely
    made makes many me much my nice now of ok okay once perfect quick quickly really reply
    response resolved sir so solved sorted super support sure team that the there this to very was
    well wonderful worked working works you your yes all's that's it's you're
    alles auf beste besten dir euch fur gut ganz hat herzlichen hilfe ihnen ihre schnelle prima sehr
    funktioniert geklappt geholfen jetzt viel vielen wunderbar die das danken
    de een erg fijn geholpen gelukt gelost goed heel hulp je jij jou jullie mooi nu reactie snelle
    top u uw voor wel werkt opgelost
    aide beaucoup bien bonne c'est est et infiniment journee la le les parfait pour reponse resolu
    tout tres un une vous votre
    ayuda buen con dia el excelente fue gran las lo los mil muchas muchisimas muy por que respuesta
    rapida su todo tu gran bueno perfecto
    большое огромное большой
    mille molte per tutto aiuto grande gentilissimi risposta molto obrigadao muito pela ajuda
    😀 😁 😃 😄 😊 🙂 😍 🥰 😘 🎉 ✨ 💪 👏 👌 ✅ ☺️
""")


def is_only_thanks(text: str) -> bool:
    """Short, with a word of thanks, small talk beside it, and no question."""
    said = [word for word in text.split() if word[0] not in "@#"]
    words = folded(" ".join(said)).split()
    if "?" in text or "？" in text or len(words) > LONGEST:
        return False
    if " ".join(words).startswith(_SPACELESS):
        return True
    strangers = [word for word in said if not _words(word) <= _SMALL_TALK]
    return not _THANKS.isdisjoint(words) and (not strangers or _is_name(strangers, said))


def _is_name(strangers: list[str], said: list[str]) -> bool:
    """As in "Thanks Ann"; the first word of a sentence may be anything."""
    return len(strangers) == 1 and strangers[0].istitle() and strangers[0] != said[0]
