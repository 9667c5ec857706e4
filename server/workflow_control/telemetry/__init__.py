"""What the server tells of itself: metrics for Prometheus and, where an exporter is configured, traces.

The only package that knows the libraries for either. The other layers are handed callbacks, or observers of their own
definition, so that they run the same without.
"""
