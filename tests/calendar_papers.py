"""Notices as a clerk would type them, for the tests."""

YEAR_2030 = """
year: 2030
source: {title: 放假安排的通知, number: 第1号}
days_off:
  - {from: 2029-12-30, to: 2030-01-01, name: 元旦}
  - {from: 2030-05-01, to: 2030-05-03, name: 劳动节}
  - {from: 2030-10-01, to: 2030-10-07, name: 国庆节}
make_up_workdays: [2030-01-05]
"""

COUNTY = """
days_off:
  - {date: 2030-04-05, name: 三月三, basis: 县政府放假通知}
  - {from: 2030-06-03, to: 2030-06-04, name: 火把节, basis: 县政府放假通知}
make_up_workdays:
  - {date: 2030-06-08, name: 火把节调休, basis: 县政府放假通知}
"""
