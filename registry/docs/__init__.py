"""Documents of the project. Those that say what the code says already are generated from it: see `writing.py`."""
