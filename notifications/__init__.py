"""What to tell whom and when; knows no channel and no scheduler."""
