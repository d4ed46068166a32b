"""Arabic text to integers: orthography, tokens, stop words, citation forms, the matrix."""
