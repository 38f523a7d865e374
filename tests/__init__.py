"""Tests about the whole: specification, journeys, architecture."""
