import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { UploadConfig } from '../../../common/config/upload.config.js';
import { assertKey, MediaStorage, storageUnavailable, type StoredFile } from './media-storage.js';

/** Longer than a connection ever takes to a service that is there. */
const CONNECT_MS = 2_000;

type Sdk = typeof import('@aws-sdk/client-s3');

/** A bucket of AWS or of anything that speaks its protocol. */
export class S3Storage extends MediaStorage {
  private loading?: Promise<{ sdk: Sdk; client: S3Client }>;

  constructor(private readonly config: UploadConfig['s3']) {
    super();
  }

  async put(key: string, bytes: Buffer, contentType: string): Promise<void> {
    await this.call((sdk, client) =>
      client.send(new sdk.PutObjectCommand({ ...this.place(key), Body: bytes, ContentType: contentType })),
    );
  }

  async open(key: string): Promise<StoredFile | undefined> {
    return this.call(async (sdk, client) => {
      try {
        const { Body, ContentLength } = await client.send(new sdk.GetObjectCommand(this.place(key)));
        return { stream: Body as Readable, size: ContentLength! };
      } catch (error) {
        if (error instanceof sdk.NoSuchKey) return undefined;
        throw error;
      }
    });
  }

  /** One by one: deleting several in one request is what services that speak S3 agree on least. */
  async delete(keys: readonly string[]): Promise<void> {
    await this.call((sdk, client) =>
      Promise.all(keys.map((key) => client.send(new sdk.DeleteObjectCommand(this.place(key))))),
    );
  }

  onApplicationShutdown(): void {
    void this.loading?.then(
      ({ client }) => client.destroy(),
      () => undefined,
    );
  }

  private place(key: string) {
    assertKey(key);
    return { Bucket: this.config.bucket!, Key: key };
  }

  private async call<T>(work: (sdk: Sdk, client: S3Client) => Promise<T>): Promise<T> {
    try {
      const { sdk, client } = await (this.loading ??= this.load());
      return await work(sdk, client);
    } catch (error) {
      throw storageUnavailable(error);
    }
  }

  /** At the first use: a server without S3 does without the memory of its SDK. */
  private async load() {
    const sdk = await import('@aws-sdk/client-s3');
    const { endpoint, region, accessKeyId, secretAccessKey, timeoutMs } = this.config;
    const client = new sdk.S3Client({
      endpoint,
      region,
      credentials: { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! },
      // The bucket as part of the host name needs a DNS that few services but AWS have.
      forcePathStyle: endpoint !== undefined,
      // The checksums that newer SDKs send unasked are not understood everywhere.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 3,
      requestHandler: {
        connectionTimeout: CONNECT_MS,
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
    });
    return { sdk, client };
  }
}
