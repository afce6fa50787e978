"""Fernlake Instruments: a small company with real books (tests/data/fernlake), calculated once more from its raw deals.

Nothing here but the test modules imports the package: the deals and the plan are read and judged by the manual alone.
"""
