import { isObject } from './json';
import { ServerlessResource } from './serverless-resource';

/** An object in a bucket. */
export interface S3Location {
  readonly Bucket: unknown;
  readonly Key: unknown;
  readonly Version?: unknown;
}

/** The object that a property such as `CodeUri` names; a path on this machine stays one, for whoever packages the template. */
export function s3Location(resource: ServerlessResource, property: string): S3Location | string {
  const uri = resource.properties[property];
  if (isObject(uri) && uri.Bucket !== undefined && uri.Key !== undefined) {
    return { Bucket: uri.Bucket, Key: uri.Key, ...(uri.Version === undefined ? {} : { Version: uri.Version }) };
  }
  if (typeof uri !== 'string') return resource.fail(`'${property}' requires Bucket and Key properties to be specified.`, 'Properties', property);
  const [, bucket, key, version] = /^s3:\/\/([^/]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(uri) ?? [];
  return bucket === undefined ? uri : { Bucket: bucket, Key: key, ...(version === undefined ? {} : { Version: version }) };
}
