"""`python -m infra`: the command line.

Apart from it, because a worker process imports its parent's main module anew, unless that is a package's `__main__`:
what the command line needs would cost every worker a third of a second and ten megabytes.
"""

from infra.cli import main

if __name__ == "__main__":
    main()
