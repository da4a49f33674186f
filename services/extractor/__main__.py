"""`python -m services.extractor` is `tocsin serve extractor`."""

from services.extractor.cli import serve_extractor

if __name__ == "__main__":
    serve_extractor()
