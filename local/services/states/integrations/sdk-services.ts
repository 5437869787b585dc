/** A service as the AWS SDK for Java knows it, which Step Functions calls with. */
export interface SdkService {
  /** The service's name in the runtime. */
  readonly service: string;
  /** What the names of its errors begin with. */
  readonly prefix: string;
  /** Error codes that the SDK has a class for; any other becomes the service's general exception. */
  readonly modeled: ReadonlySet<string>;
  /** Its general exception, when it is that of another service. */
  readonly general?: string;
  /** Whether the names of its members begin with a small letter, which they never do in a definition. */
  readonly smallLetters?: boolean;
  /** Members that are texts: any other value given for one becomes its JSON. */
  readonly texts?: readonly string[];
  /** Members whose own members are data, not names. */
  readonly maps?: readonly string[];
  /** Members of answers that are times in seconds. */
  readonly times?: readonly string[];
}

const words = (text: string) => new Set(text.split(/\s+/));

const DYNAMODB_TIMES = ['CreationDateTime', 'CreationRequestDateTime', 'LastDecreaseDateTime', 'LastIncreaseDateTime', 'LastUpdateToPayPerRequestDateTime'];

/** The services by the names that resource ARNs use. */
export const SDK_SERVICES: Readonly<Record<string, SdkService>> = {
  cloudformation: {
    service: 'cloudformation',
    prefix: 'CloudFormation',
    modeled: words('AlreadyExistsException ChangeSetNotFound InsufficientCapabilitiesException LimitExceededException StackNotFoundException TokenAlreadyExistsException'),
  },
  cloudwatchlogs: {
    service: 'logs',
    prefix: 'CloudWatchLogs',
    modeled: words(`AccessDeniedException ConflictException DataAlreadyAcceptedException InvalidOperationException InvalidParameterException InvalidSequenceTokenException
      LimitExceededException MalformedQueryException OperationAbortedException ResourceAlreadyExistsException ResourceNotFoundException ServiceQuotaExceededException
      ServiceUnavailableException ThrottlingException TooManyTagsException UnrecognizedClientException ValidationException`),
    smallLetters: true,
    texts: ['Message', 'PolicyDocument'],
    maps: ['Tags'],
  },
  dynamodb: {
    service: 'dynamodb',
    prefix: 'DynamoDb',
    modeled: words(`ConditionalCheckFailedException DuplicateItemException IdempotentParameterMismatchException InternalServerError ItemCollectionSizeLimitExceededException
      LimitExceededException ProvisionedThroughputExceededException RequestLimitExceeded ResourceInUseException ResourceNotFoundException TableAlreadyExistsException
      TableInUseException TableNotFoundException ThrottlingException TransactionCanceledException TransactionConflictException TransactionInProgressException`),
    maps: ['Attributes', 'ExclusiveStartKey', 'ExpressionAttributeNames', 'ExpressionAttributeValues', 'Item', 'Items', 'Key', 'LastEvaluatedKey'],
    times: DYNAMODB_TIMES,
  },
  dynamodbstreams: {
    service: 'dynamodb',
    prefix: 'DynamoDbStreams',
    modeled: words('ExpiredIteratorException InternalServerError LimitExceededException ResourceNotFoundException TrimmedDataAccessException'),
    general: 'DynamoDbException',
    times: ['ApproximateCreationDateTime', 'CreationRequestDateTime'],
  },
  eventbridge: {
    service: 'events',
    prefix: 'EventBridge',
    modeled: words(`ConcurrentModificationException InternalException InvalidEventPatternException InvalidStateException LimitExceededException ManagedRuleException
      OperationDisabledException PolicyLengthExceededException ResourceAlreadyExistsException ResourceNotFoundException ThrottlingException`),
    texts: ['Detail', 'Event', 'EventPattern', 'Input', 'InputTemplate'],
    times: ['CreationTime', 'LastModifiedTime', 'LastAuthorizedTime'],
  },
  lambda: {
    service: 'lambda',
    prefix: 'Lambda',
    modeled: words(`CodeStorageExceededException Ec2AccessDeniedException Ec2ThrottledException Ec2UnexpectedException EfsIoException InvalidParameterValueException
      InvalidRequestContentException InvalidRuntimeException InvalidSecurityGroupIdException InvalidSubnetIdException InvalidZipFileException KmsAccessDeniedException
      PolicyLengthExceededException PreconditionFailedException RecursiveInvocationException RequestTooLargeException ResourceConflictException ResourceInUseException
      ResourceNotFoundException ResourceNotReadyException ServiceException SnapStartException TooManyRequestsException UnsupportedMediaTypeException`),
    texts: ['Payload'],
  },
  pipes: {
    service: 'pipes',
    prefix: 'Pipes',
    modeled: words('ConflictException InternalException NotFoundException ServiceQuotaExceededException ThrottlingException ValidationException'),
    maps: ['Tags'],
    times: ['CreationTime', 'LastModifiedTime'],
  },
  scheduler: {
    service: 'scheduler',
    prefix: 'Scheduler',
    modeled: words('ConflictException InternalServerException ResourceNotFoundException ServiceQuotaExceededException ThrottlingException ValidationException'),
    texts: ['Input'],
    times: ['CreationDate', 'EndDate', 'LastModificationDate', 'StartDate'],
  },
  sfn: {
    service: 'states',
    prefix: 'Sfn',
    modeled: words(`ActivityDoesNotExist ActivityLimitExceeded ConflictException ExecutionAlreadyExists ExecutionDoesNotExist ExecutionLimitExceeded ExecutionNotRedrivable
      InvalidArn InvalidDefinition InvalidExecutionInput InvalidLoggingConfiguration InvalidName InvalidOutput InvalidToken InvalidTracingConfiguration MissingRequiredParameter
      ResourceNotFound ServiceQuotaExceededException StateMachineAlreadyExists StateMachineDeleting StateMachineDoesNotExist StateMachineLimitExceeded
      StateMachineTypeNotSupported TaskDoesNotExist TaskTimedOut TooManyTags ValidationException`),
    smallLetters: true,
    texts: ['Definition', 'Input', 'Output'],
    times: ['CreationDate', 'RedriveDate', 'StartDate', 'StopDate', 'Timestamp', 'UpdateDate'],
  },
  sns: {
    service: 'sns',
    prefix: 'Sns',
    modeled: words(`AuthorizationError BatchEntryIdsNotDistinct BatchRequestTooLong ConcurrentAccess EmptyBatchRequest EndpointDisabled FilterPolicyLimitExceeded InternalError
      InvalidBatchEntryId InvalidParameter InvalidSecurity InvalidState NotFound OptedOut PlatformApplicationDisabled ReplayLimitExceeded ResourceNotFound StaleTag SubscriptionLimitExceeded TagLimitExceeded TagPolicy Throttled TooManyEntriesInBatchRequest
      TopicLimitExceeded UserError ValidationException VerificationException`),
    texts: ['Message'],
    maps: ['Attributes', 'MessageAttributes'],
  },
  sqs: {
    service: 'sqs',
    prefix: 'Sqs',
    modeled: words(`BatchEntryIdsNotDistinct BatchRequestTooLong EmptyBatchRequest InvalidAddress InvalidAttributeName InvalidAttributeValue InvalidBatchEntryId InvalidIdFormat
      InvalidMessageContents InvalidSecurity MessageNotInflight OverLimit PurgeQueueInProgress QueueDeletedRecently QueueDoesNotExist QueueNameExists ReceiptHandleIsInvalid
      RequestThrottled ResourceNotFoundException TooManyEntriesInBatchRequest UnsupportedOperation`),
    texts: ['MessageBody'],
    maps: ['Attributes', 'MessageAttributes', 'MessageSystemAttributes', 'Tags'],
  },
  sts: {
    service: 'sts',
    prefix: 'Sts',
    modeled: words(`ExpiredTokenException IDPCommunicationError IDPRejectedClaim InvalidAuthorizationMessageException InvalidIdentityToken MalformedPolicyDocument PackedPolicyTooLarge
      RegionDisabledException`),
  },
};

/** The class that the SDK for Java has for an error: every name ends alike. */
export function exceptionName({ modeled }: Pick<SdkService, 'modeled'>, code: string, general: string): string {
  return modeled.has(code) || modeled.has(code.replace(/Exception$/, '')) ? code.replace(/(Exception)?$/, 'Exception') : general;
}
