"""The long ones: `make drills`."""
