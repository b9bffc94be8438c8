"""Text and addresses: hygiene that every stage shares. A leaf package: it imports nothing of newsfeed but errors."""
