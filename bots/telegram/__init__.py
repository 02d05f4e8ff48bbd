"""The clients' bot on Telegram, and the studio's: what comes in is read, what goes out is rendered and sent."""
