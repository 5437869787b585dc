import { PointInTimeRecoverySpecification } from 'aws-cdk-lib/aws-dynamodb';

/** Whether a table can be put back to an earlier second; what nobody has chosen stays out of the template. */
export function recovery(pointInTimeRecoveryEnabled?: boolean): PointInTimeRecoverySpecification | undefined {
  return pointInTimeRecoveryEnabled === undefined ? undefined : { pointInTimeRecoveryEnabled };
}
