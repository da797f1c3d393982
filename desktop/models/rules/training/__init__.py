"""The rules of training: courses, classes and sessions, attendance by hours, completion, what follows."""
