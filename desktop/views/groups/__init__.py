"""Groups: the list, the page of one group, founding one and entering its people."""
