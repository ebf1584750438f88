"""Looking at a case: `handling` for the desk, `following` for the applicant; nothing changes."""
