"""Tests of pages made of several domains."""
