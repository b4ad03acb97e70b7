import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';

export interface S3Server {
  endpoint: string;
  /** What is in the bucket. */
  keys(): string[];
  /** Behind everybody's back. */
  remove(key: string): void;
  close(): Promise<void>;
}

/** A server that speaks S3, in this process, on a free port, with one empty bucket. */
export async function startS3(bucket: string): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), 'higroup-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await server.run();
  const folder = join(directory, bucket);
  const files = () => readdirSync(folder);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    // Each object is a file and two about it.
    keys: () => files().filter((name) => name.endsWith('._S3rver_object')),
    remove: (key) => {
      for (const name of files()) if (name.startsWith(key)) rmSync(join(folder, name));
    },
    close: async () => {
      await server.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
