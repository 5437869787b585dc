/** Finds the files that a template names: they lie beside it, or in its cloud assembly. */
import { readdirSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { entriesOf, ownProperty } from './json';
import { Environment, TemplateFiles } from '../contracts';

const ASSET_MANIFEST = /\.assets\.json$/;

/** The files of the template in a directory. */
export function templateFiles(directory: string, environment: Environment): TemplateFiles {
  let assets: ReadonlyMap<string, string> | undefined;
  return {
    asset: (bucket, key) => {
      assets ??= readAssets(directory, environment);
      return assets.get(objectName(bucket, key));
    },
    path: name => resolve(directory, name),
  };
}

/** Every file that the assembly's manifests would upload, by where it would go. */
function readAssets(directory: string, environment: Environment): ReadonlyMap<string, string> {
  const assets = new Map<string, string>();
  for (const manifest of readdirSync(directory).filter(name => ASSET_MANIFEST.test(name))) {
    const content: unknown = JSON.parse(readFileSync(resolve(directory, manifest), 'utf8'));
    for (const [, file] of entriesOf(ownProperty(content, 'files'))) {
      const path = ownProperty(ownProperty(file, 'source'), 'path');
      for (const [, destination] of entriesOf(ownProperty(file, 'destinations'))) {
        const name = objectName(String(ownProperty(destination, 'bucketName')), String(ownProperty(destination, 'objectKey')));
        // What a command makes at deployment has no path.
        if (typeof path === 'string') assets.set(fillIn(name, environment), resolve(directory, path));
      }
    }
  }
  return assets;
}

function objectName(bucket: string, key: string): string {
  return `${bucket}/${key}`;
}

function fillIn(text: string, { account, region, partition }: Environment): string {
  return text.replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region).replaceAll('${AWS::Partition}', partition);
}
