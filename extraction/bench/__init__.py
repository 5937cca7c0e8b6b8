"""`./ocop bench reading`: how well and how fast samples with exact truth are read.

Measuring (text, pages, values, proofs, measures, reliability: truth and reading in, figures out) stands apart from
running (reading, speed, peers, pictures) and showing (report).
"""
