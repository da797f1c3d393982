"""What a person may choose on this computer."""
