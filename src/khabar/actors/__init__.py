"""Who is named: the ledger of actors, their mentions, and how often."""
