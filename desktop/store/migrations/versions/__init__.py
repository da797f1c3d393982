"""One file a step. A step that has left this house is never changed again."""
