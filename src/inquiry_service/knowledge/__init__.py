"""Knowledge: published documents in, citable passages out."""
