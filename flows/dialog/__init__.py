"""The dialog engine: scripts are async functions, played again at every turn against the answers on record."""
