"""What people do: one function a deed, one transaction, one outcome; and the questions that screens ask."""
