"""The automatic checks of a filing, one file each; the catalogue is built from this folder."""
