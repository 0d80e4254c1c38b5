"""The canvas and what is drawn on it with: shapes, icons, ornaments, and what a recipe is told."""
