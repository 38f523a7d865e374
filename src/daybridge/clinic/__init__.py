"""What a programme stands on, before any client's path begins."""
