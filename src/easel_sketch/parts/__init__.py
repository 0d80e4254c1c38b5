"""Components that recipes share: headers, panels, tiles, backgrounds, text in columns, figures."""
