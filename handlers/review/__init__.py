"""The blind review: whom it is put to, what they are sent and say, and what it comes to."""
