import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { S3Storage } from '../../src/modules/upload/storage/s3.storage.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { picture } from '../support/pictures.js';
import { startS3, type S3Server } from '../support/s3.js';
import { expectStatus, type TestUser } from '../support/world.js';

let s3: S3Server;
let t: TestApp;
let ann: TestUser;
beforeAll(async () => {
  s3 = await startS3('pictures');
  t = await createTestApp({ env: envOf(s3.endpoint) });
  ann = await t.world.user();
});
afterAll(async () => {
  await t.close();
  await s3.close();
});

const KEY = 'aaaaaaaaaaaaaaaaaaaaaaaa.webp';

const envOf = (endpoint: string) => ({
  UPLOAD_STORAGE: 's3',
  UPLOAD_S3_ENDPOINT: endpoint,
  UPLOAD_S3_BUCKET: 'pictures',
  UPLOAD_S3_ACCESS_KEY_ID: 'S3RVER',
  UPLOAD_S3_SECRET_ACCESS_KEY: 'S3RVER',
  UPLOAD_S3_TIMEOUT_MS: '300',
});

const upload = async (app: TestApp, user: TestUser) =>
  app.api.as(user).upload('/uploads', { content: await picture(), filename: 'a.jpg' });

it('keeps pictures in the bucket, hands them out and removes them', async () => {
  const { data } = expectStatus(201, await upload(t, ann));
  for (const url of [data.url, data.previewUrl, data.thumbnailUrl]) {
    const { statusCode, headers, rawPayload } = await t.app.inject({ url });
    expect([statusCode, headers['content-type']]).toEqual([200, 'image/webp']);
    expect(headers['content-length']).toBe(String(rawPayload.length));
    expect(rawPayload.toString('latin1', 0, 4)).toBe('RIFF');
  }
  expect(s3.keys()).toHaveLength(3);
  // What was taken out of the bucket by hand is not there.
  s3.remove(data.thumbnailUrl.split('?')[0].split('/').at(-1));
  expect((await t.app.inject({ url: data.thumbnailUrl })).statusCode).toBe(404);
  expectStatus(200, await t.api.as(ann).delete(`/uploads/${data.id}`));
  expect(s3.keys()).toEqual([]);
});

it('says that pictures are unavailable when the service is gone, silent or refuses', async () => {
  const silent: Server = createServer(() => undefined);
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  const { port } = silent.address() as { port: number };
  const right = t.config.upload.s3;
  const wrong = [
    { ...right, endpoint: 'http://127.0.0.1:1' },
    { ...right, endpoint: `http://127.0.0.1:${port}` },
    { ...right, bucket: 'no-such-bucket' },
    { ...right, accessKeyId: 'wrong' },
  ];
  const unavailable = { error: 'STORAGE_UNAVAILABLE', status: 503 };
  for (const config of wrong) {
    const storage = new S3Storage(config);
    await expect(storage.put(KEY, Buffer.from('x'), 'image/webp')).rejects.toMatchObject(unavailable);
    await expect(storage.open(KEY)).rejects.toMatchObject(unavailable);
    storage.onApplicationShutdown();
  }
  silent.close();
  expect(s3.keys()).toEqual([]);
});

it('never leaves its bucket, whatever the key', async () => {
  const storage = new S3Storage(t.config.upload.s3);
  for (const key of ['../token.secret', 'a/../../b.webp', '.webp', `${KEY}\0`, ''])
    await expect(storage.open(key)).rejects.toThrow();
});
