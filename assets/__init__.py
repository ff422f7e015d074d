"""Builds audit/static/vendor/ from npm's govuk-frontend: ``python -m assets``. No part of the application."""
