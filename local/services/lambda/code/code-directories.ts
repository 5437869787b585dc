import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackZip } from './zip-archive';
import { ResourceRequest } from '../../../kernel/contracts';

/** Where a function's code is, as the template says. A text is a local path, which `aws cloudformation package` would upload. */
export type CodeProperty = string | {
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
  readonly ImageUri?: string;
};

const MAXIMUM_INLINE_BYTES = 4 * 1024 * 1024;

/** The directories that functions run in: of the project where they lie in it, else written to a temporary one. */
export class CodeDirectories {
  private root: string | undefined;
  private count = 0;

  /** The directory of a function's code. */
  find(code: CodeProperty | undefined, { files }: ResourceRequest): string {
    if (code === undefined) {
      throw new Error('the property Code is missing');
    }
    if (typeof code === 'string') {
      return this.unpacked(files?.path(code) ?? code);
    }
    if (code.ZipFile !== undefined) {
      return this.inline(code.ZipFile);
    }
    if (code.ImageUri !== undefined) {
      throw new Error('the local runtime does not emulate functions from container images (ImageUri)');
    }
    const { S3Bucket: bucket = '', S3Key: key = '' } = code;
    const asset = files?.asset(bucket, key);
    if (asset === undefined) {
      throw new Error(`the code s3://${bucket}/${key} is no asset of the cloud assembly, and the local runtime reads no buckets`);
    }
    return this.unpacked(asset);
  }

  /** Deletes what was written. */
  clear(): void {
    if (this.root !== undefined) {
      rmSync(this.root, { recursive: true, force: true });
      this.root = undefined;
    }
  }

  private inline(source: string): string {
    if (Buffer.byteLength(source) > MAXIMUM_INLINE_BYTES) {
      throw new Error(`the inline code (ZipFile) is longer than ${MAXIMUM_INLINE_BYTES} bytes`);
    }
    const directory = this.newDirectory();
    writeFileSync(join(directory, 'index.js'), source);
    return directory;
  }

  private unpacked(path: string): string {
    const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory();
    if (isDirectory === undefined) {
      throw new Error(`there is no code at ${path}`);
    }
    if (isDirectory) {
      return realpathSync(path);
    }
    const directory = this.newDirectory();
    unpackZip(readFileSync(path), directory);
    return directory;
  }

  private newDirectory(): string {
    this.root ??= realpathSync(mkdtempSync(join(tmpdir(), 'lambdaless-functions-')));
    const directory = join(this.root, String(this.count++));
    mkdirSync(directory);
    return directory;
  }
}
