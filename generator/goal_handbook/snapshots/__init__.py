"""The handbook as it stood on other days: which version that is, what of it is shown, and its pages."""
