"""What official texts write in forms of their own: numerals, days, document numbers, articles."""
