"""The pure core: what is said and decided, without clock, database or network."""
