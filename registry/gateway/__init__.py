"""Gateways: which there are, and where an approved permit really works.

"Approved" is what this registry decided; "active" is what a gateway reports. The two are never one word.
"""
