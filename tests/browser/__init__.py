"""The example as people see it: in a browser, on a phone, on paper, by keyboard, in the dark and in high contrast."""
