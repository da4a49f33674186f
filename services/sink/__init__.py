"""Conflict events to incidents and alerts."""
