"""Bulk operations at work: who takes them up, and how their workflows go through an executor of their own."""
