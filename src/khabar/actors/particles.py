"""Small words that tell where a clause begins and ends, by their counting keys."""

from khabar.language.orthography import counting_key


def keys_of(text: str) -> frozenset[str]:
    """Return the counting keys of the words of a text."""
    return frozenset(map(counting_key, text.split()))


# The complement begins: what follows is what was said.
THAT = keys_of(
    "أن إن أنه إنه أنها إنها أنهم إنهم أننا إننا أني إني أنهما إنهما بأن بأنه بأنها بأنهم بأنهما "
    "أنني إنني لأن كأن فإن فإنه ألا بألا لو ما إذا عما"
)
WHAT_WAS_SAID = THAT - keys_of("ما لو")
# After these no subject of the verb can come.
ENDS = THAT | keys_of(
    "خلال بعد قبل أمام مع عقب إثر منذ أثناء حول لكن لكنه ولكن فيما حيث الذي التي الذين اللذين كما "
    "بينما حين عندما بسبب ضد رغم قائلا قائلة غداة عشية وذلك إذا بهدف والتي والذي وسط ردا نقلا"
)
PREPOSITIONS = keys_of(
    "إلى على عن من في لدى عبر حتى بين تجاه إزاء بشأن لأجل كل جميع كافة أي عدم ضرورة وجود"
)
RELATIVE = keys_of("الذي التي الذين اللذين اللذان فيه فيها والتي والذي به بها عنه عنها")
