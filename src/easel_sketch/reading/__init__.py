"""What a prompt asks for: its texts and their roles, its kind, its look, the icons it names."""
