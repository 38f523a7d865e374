"""The fourteen principles: the mission as a listing."""
