"""Conversations as people have them, written down so that program staff can read them."""
