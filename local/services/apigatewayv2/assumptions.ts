import { Assumption } from '../../kernel/contracts';

/** What could not be confirmed of WebSocket APIs. */
export const WEBSOCKET_ASSUMPTIONS: readonly Assumption[] = [
  { about: 'The body of a refused handshake', assumed: 'It is a gateway response like the frames: message, connectionId, requestId. Its message is that of a REST API.' },
  { about: 'A function\'s headers on $connect', assumed: 'All reach the client, but for those of the handshake itself.' },
  { about: 'A function\'s answer to a message, with a status that is no success', assumed: 'Its body reaches the client as any other does.' },
  { about: 'The frame for a message that is not as its model wants it', assumed: 'The documented one, `Bad request body` with `messageId`, spaced as the observed frames are. A published sample tells of `Forbidden`.' },
  { about: 'A handshake on a route with models', assumed: 'It has no body to check, and so it is refused with the status 400.' },
  { about: 'What `validationErrorString` and the logs say of a body', assumed: 'Missing properties and wrong types have the texts that are reported of REST APIs, others the runtime\'s own.' },
  { about: 'Models whose route has no ModelSelectionExpression', assumed: 'They check nothing.' },
  { about: 'What CONVERT_TO_BINARY decodes where an integration has request templates', assumed: 'What they make of the message.' },
  { about: 'An integration that answers with a failure on a route without a route response', assumed: 'The client gets nothing. The runtime\'s own log shows the failure.' },
  { about: 'A function\'s answer to a message, without a body', assumed: 'The client gets nothing.' },
  { about: 'The account\'s throttle of 10,000 requests a second, which messages and @connections share', assumed: 'It is never reached: only the throttles of stages, routes and usage plans count.' },
  { about: 'When a route answers its client', assumed: 'When it has a route response. RouteResponseSelectionExpression alone does nothing.' },
  { about: 'A $connect integration whose answer no integration response matches', assumed: 'The handshake fails with the status 500.' },
  { about: 'What an integration response of MOCK sees as the body', assumed: 'The request template as it was rendered.' },
  { about: '`$input.json` of a path that is not there', assumed: 'Two quotation marks, an empty string of JSON.' },
  { about: 'The edition of JSONPath in templates', assumed: 'Jayway 2.0, as for Step Functions.' },
  { about: 'The `aws:SourceArn` of the role of an AWS integration', assumed: '`execute-api`, the API and the stage.' },
  { about: 'The frame for a message that a throttle holds back', assumed: '`Too Many Requests`, spaced as the observed frames are.' },
  { about: 'A ping of the client, and a message pushed to it', assumed: 'Both begin the ten idle minutes anew.' },
  { about: 'The body of a 410 of @connections', assumed: 'It is empty.' },
  { about: 'A binary frame of more than 32 KB', assumed: 'The connection closes with 1009, not with 1003.' },
  { about: 'Text that is not UTF-8', assumed: 'The connection closes with 1007 at the first byte that cannot be.' },
  { about: 'A client that does not read', assumed: 'Pongs are dropped once 64 KB wait, answers once 1 MB does; a push is answered with 429.' },
  { about: 'How much a mapping template may do', assumed: 'A template of over 300 KB is refused. A rendering that makes a text of over 10 MB, or goes through too much of it, is an error.' },
];
