"""What is fast, measured. Each benchmark prints a ratio of two things that ran in the same minute."""
