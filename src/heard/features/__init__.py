"""What a thread can become, and everything else that Heard exists for; each feature a folder of its own."""
