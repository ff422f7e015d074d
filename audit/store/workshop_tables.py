"""The tables of workshops in an authority's file."""

from __future__ import annotations

# The number of a workshop or step that was removed is never given again: the trail still speaks of it, and a vote that
# comes late must not count in another round.
STATEMENTS = (
    """
    CREATE TABLE workshops (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        audit_id INTEGER NOT NULL REFERENCES audits (id),
        title TEXT NOT NULL,
        basis TEXT NOT NULL,
        day TEXT NOT NULL,
        begins TEXT NOT NULL,
        rule TEXT NOT NULL,
        quorum INTEGER NOT NULL,
        consensus INTEGER NOT NULL,
        answered_before INTEGER NOT NULL,
        locked INTEGER NOT NULL,
        planned_by TEXT NOT NULL,
        planned_at TEXT NOT NULL,
        version INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE agenda_items (
        workshop_id INTEGER NOT NULL REFERENCES workshops (id),
        place INTEGER NOT NULL,
        item_id TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        PRIMARY KEY (workshop_id, place),
        UNIQUE (workshop_id, item_id)
    ) STRICT
    """,
    """
    CREATE TABLE workshop_groups (
        workshop_id INTEGER NOT NULL REFERENCES workshops (id),
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (workshop_id, place),
        UNIQUE (workshop_id, name)
    ) STRICT
    """,
    # A phone without an account has a token, of which only the hash is kept; a member has her number.
    """
    CREATE TABLE seats (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        workshop_id INTEGER NOT NULL REFERENCES workshops (id),
        token_hash TEXT UNIQUE,
        person_id INTEGER,
        name TEXT NOT NULL,
        group_name TEXT NOT NULL,
        joined_at TEXT NOT NULL,
        removed_at TEXT,
        UNIQUE (workshop_id, person_id)
    ) STRICT
    """,
    """
    CREATE TABLE steps (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        workshop_id INTEGER NOT NULL REFERENCES workshops (id),
        at TEXT NOT NULL,
        done_by TEXT NOT NULL,
        kind TEXT NOT NULL,
        item_id TEXT NOT NULL,
        detail TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX steps_of_workshop ON steps (workshop_id)",
    # Who chose what, for as long as the workshop goes on. A round is known by the step that opened it.
    """
    CREATE TABLE votes (
        round_id INTEGER NOT NULL,
        seat_id INTEGER NOT NULL REFERENCES seats (id),
        workshop_id INTEGER NOT NULL REFERENCES workshops (id),
        state TEXT NOT NULL,
        level INTEGER,
        confidence TEXT,
        PRIMARY KEY (round_id, seat_id)
    ) STRICT
    """,
    # Paper ballots counted once; confirmed where a second count gave the same.
    """
    CREATE TABLE piles (
        round_id INTEGER NOT NULL,
        group_name TEXT NOT NULL,
        workshop_id INTEGER NOT NULL REFERENCES workshops (id),
        counts TEXT NOT NULL,
        counted_by TEXT NOT NULL,
        counted_at TEXT NOT NULL,
        confirmed_by TEXT,
        confirmed_at TEXT,
        PRIMARY KEY (round_id, group_name)
    ) STRICT
    """,
    # What a reveal showed, and no more than that.
    """
    CREATE TABLE round_results (
        round_id INTEGER PRIMARY KEY,
        workshop_id INTEGER NOT NULL REFERENCES workshops (id),
        result TEXT NOT NULL
    ) STRICT
    """,
    # What is typed at the facilitator's desk while an item is talked about; numbers count its versions from 1.
    """
    CREATE TABLE talks (
        workshop_id INTEGER NOT NULL REFERENCES workshops (id),
        item_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        fields TEXT NOT NULL,
        kept_by TEXT NOT NULL,
        kept_at TEXT NOT NULL,
        PRIMARY KEY (workshop_id, item_id)
    ) STRICT
    """,
    """
    CREATE TABLE feedback (
        workshop_id INTEGER NOT NULL REFERENCES workshops (id),
        seat_id INTEGER NOT NULL REFERENCES seats (id),
        question TEXT NOT NULL,
        answer TEXT NOT NULL,
        said_at TEXT NOT NULL,
        PRIMARY KEY (seat_id, question)
    ) STRICT
    """,
)
