"""Executed notebooks to one offline site."""
