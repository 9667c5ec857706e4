"""What every layer speaks of: ids, states, records, commands, outcomes, errors and decide(). Standard library only."""
