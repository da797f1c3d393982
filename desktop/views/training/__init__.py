"""Training: the page of classes, courses, trainers, people and visits afterwards; the page of one class."""
