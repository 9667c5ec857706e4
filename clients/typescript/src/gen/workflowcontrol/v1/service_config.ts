// @generated from proto/workflowcontrol/v1/service_config.json

/** How calls are retried, as gRPC's service config says it. */
export const serviceConfig = {
  "methodConfig": [
    {
      "name": [
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "CancelWorkflow"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "ResumeWorkflow"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "ForkWorkflow"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "RestartWorkflow"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "RewindWorkflow"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "DeleteWorkflow"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "StartWorkflow"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "StartWorkflows"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "SendMessage"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "SendMessages"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "SetWorkflowDelay"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "SetWorkflowPriority"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "UpdateWorkflowAttributes"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "ImportWorkflow"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "RecoverExecutor"},
        {"service": "workflowcontrol.v1.QueueControl", "method": "RegisterQueue"},
        {"service": "workflowcontrol.v1.QueueControl", "method": "DeleteQueue"},
        {"service": "workflowcontrol.v1.QueueControl", "method": "SetLatestApplicationVersion"},
        {"service": "workflowcontrol.v1.QueueControl", "method": "RenameApplication"},
        {"service": "workflowcontrol.v1.ServerControl", "method": "CollectGarbage"},
        {"service": "workflowcontrol.v1.ServerControl", "method": "CancelOverdueWorkflows"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "CreateSchedule"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "ApplySchedules"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "UpdateSchedule"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "PauseSchedule"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "ResumeSchedule"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "DeleteSchedule"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "TriggerSchedule"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "BackfillSchedule"},
        {"service": "workflowcontrol.v1.BulkControl", "method": "StartBulkOperation"},
        {"service": "workflowcontrol.v1.BulkControl", "method": "PauseBulkOperation"},
        {"service": "workflowcontrol.v1.BulkControl", "method": "ContinueBulkOperation"},
        {"service": "workflowcontrol.v1.BulkControl", "method": "StopBulkOperation"}
      ],
      "retryPolicy": {
        "maxAttempts": 5,
        "initialBackoff": "0.2s",
        "maxBackoff": "2s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE", "CANCELLED", "ABORTED", "RESOURCE_EXHAUSTED"]
      }
    },
    {
      "name": [
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "GetWorkflow"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "AwaitWorkflows"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "WatchWorkflows"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "ListWorkflows"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "ListWorkflowSteps"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "CountWorkflows"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "AggregateWorkflows"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "AggregateSteps"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "GetWorkflowTree"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "GetEvent"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "ListEvents"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "ListMessages"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "ReadStream"},
        {"service": "workflowcontrol.v1.WorkflowControl", "method": "ExportWorkflow"},
        {"service": "workflowcontrol.v1.QueueControl", "method": "GetQueue"},
        {"service": "workflowcontrol.v1.QueueControl", "method": "ListQueues"},
        {"service": "workflowcontrol.v1.QueueControl", "method": "ListApplicationVersions"},
        {"service": "workflowcontrol.v1.QueueControl", "method": "GetLatestApplicationVersion"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "GetSchedule"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "ListSchedules"},
        {"service": "workflowcontrol.v1.ScheduleControl", "method": "PreviewSchedule"},
        {"service": "workflowcontrol.v1.BulkControl", "method": "GetBulkOperation"},
        {"service": "workflowcontrol.v1.BulkControl", "method": "ListBulkOperations"},
        {"service": "workflowcontrol.v1.BulkControl", "method": "ListBulkOperationItems"},
        {"service": "workflowcontrol.v1.ServerControl", "method": "GetRequest"},
        {"service": "workflowcontrol.v1.ServerControl", "method": "ListRequests"},
        {"service": "workflowcontrol.v1.ServerControl", "method": "GetServerInfo"},
        {"service": "workflowcontrol.v1.ServerControl", "method": "CheckReadiness"}
      ],
      "retryPolicy": {
        "maxAttempts": 5,
        "initialBackoff": "0.2s",
        "maxBackoff": "2s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE", "CANCELLED"]
      }
    }
  ],
  "retryThrottling": {"maxTokens": 100, "tokenRatio": 0.1}
};
