"""Certificates: the right authority issues a signed certificate that anybody can verify."""
