"""What khabar raises and warns with. Each message names the file, row or parameter at fault."""


class KhabarError(ValueError):
    """Input that cannot be used; the message says which, why, and what was expected."""


class KhabarWarning(UserWarning):
    """Something a reader of the result has to know, told once and with its count."""
