"""Heights to pixels: colour map, light, iso-lines and holes."""
