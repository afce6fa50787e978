"""Times the package against rivals in the same run, in turns: `python -m benchmarks`. It never asserts a result."""
