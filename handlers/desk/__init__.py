"""The desk: everything that needs a person of the office, shown to it and settled by it."""
