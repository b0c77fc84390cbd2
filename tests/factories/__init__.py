"""Test data with traits, one module an app."""
