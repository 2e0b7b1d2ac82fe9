"""Choices and sentences of evenings and symposiums."""
