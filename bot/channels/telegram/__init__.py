"""Telegram: what people write there becomes messages, what we say becomes text with buttons.

Everything that imports aiogram is imported only when a token is set, because that takes seconds (`assembly`).
"""
