"""Notices: what happened is told to whom it concerns, in the commit in which it happens.

An inbox in the console, mail, and signed webhooks; delivered by jobs, with retries, a log, and a replay.
"""
