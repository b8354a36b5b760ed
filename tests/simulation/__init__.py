"""Two years of blind review played in minutes by the real handlers: whether sets are decided in time, and fairly."""
