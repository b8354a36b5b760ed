"""Turns an Outbound into what a person sees, one module per channel."""
