"""The console's pages, one module for each concept; they are found because they are there."""
