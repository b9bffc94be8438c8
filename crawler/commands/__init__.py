"""Commands of the `scrapy` tool that this project replaces."""
