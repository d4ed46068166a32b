"""The sample corpus, the ledger, and the lists that rules are read from."""
