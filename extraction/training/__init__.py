"""How the line reader is made: rendered lines of Vietnamese office text, the network, its training, its export.

Nothing here runs while dossiers are read. Needs the optional extra `train`; `./ocop train-reader` installs it.
"""
