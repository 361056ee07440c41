"""In which language is a text written? A guess for the moderator to confirm."""

import py3langid

SAMPLES, LENGTH = 8, 500
TOO_FEW = 30


def language_of(words: str) -> str:
    """Sampled throughout, for a text may open with an abstract in another language. Empty where words are too few."""
    if sum(map(str.isalpha, words[: TOO_FEW * 4])) < TOO_FEW:
        return ""
    step = max(len(words) // SAMPLES, LENGTH)
    sample = " ".join(words[start : start + LENGTH] for start in range(0, len(words), step))
    return str(py3langid.classify(sample)[0])
