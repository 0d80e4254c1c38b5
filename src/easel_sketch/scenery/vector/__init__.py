"""Scenery as SVG: flat shapes for any box, as the ground of icons and figures, which are flat shapes too."""
