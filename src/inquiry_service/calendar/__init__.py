"""Working days: who counts which day, by which notice."""
