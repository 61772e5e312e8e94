"""Enterprises, names, licences, relations, handlers."""
