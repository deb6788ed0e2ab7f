"""What is said: threads, replies, reactions, files, drafts, reports."""
