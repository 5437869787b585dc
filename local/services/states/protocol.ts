import { MEMBERS } from './members';
import { awsJson, AwsJsonProtocol } from '../../wire/aws-json';

const TIMESTAMP = /"(creationDate|startDate|stopDate|timestamp)":(\d+(?:\.\d+)?)/g;
const EXECUTION_DATA = /"(inputDetails|outputDetails)":\{/g;
const EXECUTION_DATA_TYPE = 'com.amazonaws.swf.base.model#CloudWatchEventsExecutionDataDetails';

/** Step Functions' JSON as its own Java writes it, which a WebSocket client sees when an integration hands it on as it is. */
export function statesProtocol(): AwsJsonProtocol {
  const protocol = awsJson({ version: '1.0', targetPrefix: 'AWSStepFunctions', errorNamespace: 'com.amazonaws.swf.service.v2.model', members: MEMBERS });
  return {
    ...protocol,
    encode: (operation, output, requestId) => {
      const response = protocol.encode(operation, output, requestId);
      // No text inside of the JSON can look like a member: its quotes are escaped.
      const timestamps = response.body.replace(TIMESTAMP, (_, member, seconds) => `"${member}":${javaDouble(seconds)}`);
      return { ...response, body: operation === 'StartSyncExecution' ? timestamps.replace(EXECUTION_DATA, `"$1":{"__type":"${EXECUTION_DATA_TYPE}",`) : timestamps };
    },
  };
}

/** Java writes numbers from ten million on with an exponent: 1.652716274909E9. */
function javaDouble(seconds: string): string {
  const [mantissa, exponent] = Number(seconds).toExponential().split('e+');
  return Number(exponent) < 7 ? seconds : `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${exponent}`;
}
