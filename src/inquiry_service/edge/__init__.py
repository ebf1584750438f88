"""What all faces share: the error table, templates, security headers, signed links."""
