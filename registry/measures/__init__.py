"""What limits or lifts a permission, and appeals."""
