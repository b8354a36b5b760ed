"""Slack: direct messages, mentions, the command `/lssc`, buttons, the App Home; imported only when configured."""
