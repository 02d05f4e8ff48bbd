"""Minis in Slack: messages and modals instead of chat cards."""
