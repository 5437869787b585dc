import { Assumption } from '../../../kernel/contracts';

/** What is not known of HTTP APIs. */
export const HTTP_API_ASSUMPTIONS: readonly Assumption[] = [
  { about: 'A path whose first segment is the name of a stage, where there is `$default` as well', assumed: 'The stage of that name takes it.' },
  { about: 'Routes for one path, some with a method and some with ANY', assumed: 'The path decides first, segment by segment: text, variable, greedy variable; the method last. A greedy variable takes at least one character.' },
  { about: 'A parameter of a first-class integration that cannot be resolved', assumed: 'The answer is 400 `{"message":"Bad Request"}`, and nothing is called; in a text with several variables it is empty.' },
  { about: 'Static values of parameters', assumed: 'Those that look like JSON are refused, as AWS was seen to; with a variable in braces they are not.' },
  { about: 'What first-class integrations answer', assumed: 'Status, headers and body of the service as they are: JSON of EventBridge and Step Functions, XML of SQS.' },
  { about: 'A status from an answer where it cannot be found, such as beyond the first 100 KB, or is no status', assumed: 'The answer keeps its own.' },
  { about: 'Parameters of first-class integrations that are missing or unknown', assumed: 'They are refused when the integration is made; the words are the runtime\'s own.' },
  { about: '`$request.header.content-length` in a mapping', assumed: 'It is there whenever the client sent it.' },
  { about: 'A preflight request to a route with authorization', assumed: 'The authorization is asked, and then the API answers itself: the integration is not called.' },
  { about: 'The path that an HTTP_PROXY integration of the `$default` route calls', assumed: 'The request\'s path without the stage, below that of the URI.' },
  { about: 'An HTTP server that cannot be reached', assumed: '503 Service Unavailable, as when it does not answer in time.' },
  { about: '`rawPath` and `path` of events', assumed: 'They are as sent, with the stage\'s name; path parameters are decoded.' },
  { about: 'Bodies for functions', assumed: 'They are base64 unless their type is text, JSON, XML or JavaScript, or missing.' },
  { about: 'Headers and query of events of the format 1.0 with several values', assumed: 'The last one stands for all; the multi-value members have them all.' },
  { about: 'The source ARN of calls to functions', assumed: 'It has the request\'s method and the route\'s path.' },
  { about: 'A Lambda authorizer without AuthorizerResultTtlInSeconds', assumed: 'Nothing is remembered.' },
];
