"""Looks whether a link of a candidate's record opens for everybody, and reads what is behind it."""
