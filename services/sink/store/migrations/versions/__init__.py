"""One file a migration, in the order that their `down_revision` tells."""
