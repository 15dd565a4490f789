"""Which language a post is in, by py3langid; the port `LanguageFinder`."""

import logging
import re
import threading

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SHORTEST = 12  # letters; below that a guess is worth nothing
SUREST = 0.7
BEGINNING = 4000  # characters; what a post goes on with is in the same language

log = logging.getLogger(__name__)

_NOISE = re.compile(r"[@#]\S+|https?://\S+")


class LangidFinder:
    """Loads its model with the first post (a quarter of a second), not at start."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._identifier: LanguageIdentifier | None = None

    def language(self, text: str) -> str | None:
        words = _NOISE.sub(" ", text)[:BEGINNING]
        if sum(letter.isalpha() for letter in words) < SHORTEST:
            return None
        with self._lock:
            identifier = self._identifier or self._load()
            if identifier is None:
                return None
            code, sureness = identifier.classify(words)
        return str(code) if sureness >= SUREST else None

    def _load(self) -> LanguageIdentifier | None:
        """None where there is no room to unpack it: a post comes in without its language."""
        try:
            self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        except OSError as why:
            log.warning("languages are not told apart", extra={"why": str(why)})
        return self._identifier
