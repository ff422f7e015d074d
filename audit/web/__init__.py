"""The pages: Flask, one blueprint per area. They call operations and never touch the store."""
