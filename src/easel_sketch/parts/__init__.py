"""What recipes are put together from: headers, panels, tiles, grounds, and texts that flow."""
