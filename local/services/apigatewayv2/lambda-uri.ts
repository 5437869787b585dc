const URI = /^arn:[^:]+:apigateway:[^:]+:lambda:path\/2015-03-31\/functions\/(arn:[^/]+)\/invocations$/;

/** The ARN of the function that a URI calls; throws when it is no URI of a function. */
export function functionArnOf(uri: string): string {
  const arn = URI.exec(uri)?.[1];
  if (arn === undefined) {
    throw new Error(`"${uri}" is no URI of a Lambda function, such as arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/<ARN of the function>/invocations`);
  }
  return arn;
}
