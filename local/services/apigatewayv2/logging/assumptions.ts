import { Assumption } from '../../../kernel/contracts';

/** What of the logs AWS does not tell. */
export const LOGGING_ASSUMPTIONS: readonly Assumption[] = [
  { about: 'The account\'s role for logs, where no template declares AWS::ApiGateway::Account', assumed: 'It is set and may write: the account stands in for it. A role that a template declares is checked.' },
  { about: 'The execution logs of WebSocket APIs', assumed: 'They go to the group `/aws/apigateway/<api>/<stage>`. AWS documents none of their texts: they follow what is reported of them, and for what data tracing adds those of REST APIs.' },
  { about: 'DataTraceEnabled with another logging level', assumed: 'Everything is logged, as with INFO.' },
  { about: 'The access log\'s group, when there is none', assumed: 'API Gateway makes it.' },
  { about: 'Access logs where there is no `$connect` or `$disconnect` route', assumed: 'Such events have their lines all the same.' },
  { about: '`$context.integration.status` in access logs', assumed: 'It is the status that the integration answered, as are `integrationStatus` and `integration.integrationStatus`.' },
  { about: '`$context.error.responseType` in access logs', assumed: 'The types of gateway responses of REST APIs, chosen by status.' },
];
