"""`python -m services` is `tocsin`."""

from services.cli import main

if __name__ == "__main__":
    main()
