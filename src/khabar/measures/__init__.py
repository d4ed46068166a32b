"""Tables computed from tokens and matrices: frequency, concordance, topics."""
