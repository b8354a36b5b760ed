"""The proof that the review is blind: marked people, their stories, and everything that was sent on every wire."""
