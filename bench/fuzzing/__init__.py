"""What bench/fuzz.py fuzzes with: targets, seeds, inputs, a guard, and a process of its own for each target."""
