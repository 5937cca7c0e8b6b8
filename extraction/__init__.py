"""Extraction: scanned pages become words, cells, ticks, fields and claims, each traced to its place on the page."""
