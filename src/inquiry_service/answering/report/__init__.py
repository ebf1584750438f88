"""The evaluation report: everything that is measured, on one page that needs no network."""
