"""What the room of this name keeps."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Filled in with the room."""
