"""The canvas, geometry, SVG shapes, icons and ornaments, and the data a recipe is given."""
