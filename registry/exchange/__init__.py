"""Bringing a registry in, and handing one over: the bundle of FORMATS, file by file, all or nothing."""
