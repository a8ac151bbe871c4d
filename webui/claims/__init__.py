"""What lies between the forms for claims and the desk: reading what was sent, keeping it, giving it back."""
