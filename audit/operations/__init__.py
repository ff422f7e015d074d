"""The verbs: open an audit, answer, restore ... One transaction each, permission checked, trail written."""
