"""The generated stubs of the workflowcontrol.v1 API."""
