"""The only place that knows SQLite: connections, migrations, and one small module per aggregate."""
