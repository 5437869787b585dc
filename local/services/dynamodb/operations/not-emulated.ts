/** The operations of DynamoDB that are known by name only, so that whoever calls one is told what is missing. */
export const NOT_EMULATED: readonly string[] = [
  'BatchExecuteStatement', 'CreateBackup', 'CreateGlobalTable', 'DeleteBackup', 'DeleteResourcePolicy', 'DescribeBackup', 'DescribeContinuousBackups',
  'DescribeContributorInsights', 'DescribeEndpoints', 'DescribeExport', 'DescribeGlobalTable', 'DescribeGlobalTableSettings', 'DescribeImport',
  'DescribeKinesisStreamingDestination', 'DescribeLimits', 'DescribeTableReplicaAutoScaling', 'DisableKinesisStreamingDestination',
  'EnableKinesisStreamingDestination', 'ExecuteStatement', 'ExecuteTransaction', 'ExportTableToPointInTime', 'GetResourcePolicy', 'ImportTable', 'ListBackups',
  'ListContributorInsights', 'ListExports', 'ListGlobalTables', 'ListImports', 'PutResourcePolicy', 'RestoreTableFromBackup', 'RestoreTableToPointInTime',
  'UpdateContinuousBackups', 'UpdateContributorInsights', 'UpdateGlobalTable', 'UpdateGlobalTableSettings', 'UpdateKinesisStreamingDestination',
  'UpdateTableReplicaAutoScaling',
];
