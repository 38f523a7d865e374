"""Tests of the page parts."""
