"""The same rules over tables of profiles: millions of rows, unknown stays unknown."""

from sojourn.batch.run import BatchReport, run_batch

__all__ = ["BatchReport", "run_batch"]
