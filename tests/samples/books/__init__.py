"""One small book of each schema that has left the house, kept so that every later program still opens it."""
