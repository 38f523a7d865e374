"""What people read: its language, its grade, its words."""
