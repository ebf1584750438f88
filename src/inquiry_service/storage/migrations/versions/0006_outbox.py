"""What the room of this name keeps."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Filled in with the room."""
