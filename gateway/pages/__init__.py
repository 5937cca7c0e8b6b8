"""Every web page: one file per part of the office."""
