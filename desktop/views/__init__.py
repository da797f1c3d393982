"""The window: the only room that knows Qt. A page knows the kit and the services, never another page."""
