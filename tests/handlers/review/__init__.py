"""The blind review, with its evaluators, committee and office."""
