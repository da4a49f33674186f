"""The first page: the alerts with the sentences behind them, and the same as JSON."""
