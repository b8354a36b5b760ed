"""The knowledge base: what people ask about the program, and what the documents answer."""
