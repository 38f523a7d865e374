"""The programme itself: one folder per step of the client's path."""
