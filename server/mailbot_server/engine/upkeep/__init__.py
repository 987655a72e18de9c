"""What is gone over from time to time, a few rows at a time, for as long as it takes."""
