"""Staff: accounts, sign-in and sessions of the desk."""
