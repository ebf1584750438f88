"""Disclosure on request (依申请公开): a formal request, its history, clock and outcome."""
