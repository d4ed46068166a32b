"""Files to documents: reading, cleaning, dating, finding copies."""
