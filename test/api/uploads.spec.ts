import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { FormPart } from '../support/client.js';
import { bomb, photo, picture } from '../support/pictures.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
beforeAll(async () => {
  t = await createTestApp({ env: { UPLOAD_QUOTA_MB: '1' } });
  await t.app.listen({ port: 0, host: '127.0.0.1' });
  ann = await t.world.user();
});
afterAll(() => t.close());

const upload = (user: TestUser, content: Buffer | string, part: Partial<FormPart> = {}) =>
  t.api.as(user).upload('/uploads', { filename: 'a.jpg', ...part, content });

/** The picture at an address of the API, and what its headers say. */
async function look(url: string) {
  const { statusCode, rawPayload } = await t.app.inject({ url });
  expect(statusCode).toBe(200);
  return { bytes: rawPayload, ...(await sharp(rawPayload).metadata()) };
}

const filesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('.'))
    : [];
const mediaFolder = () => join(t.config.dataDir, 'media');

async function quotaOf(user: TestUser): Promise<number> {
  const row = await t.app
    .get(Database)
    .row<{ kilobytes: number }>('select kilobytes from upload_quotas where user_id = ?', [user.id]);
  return row?.kilobytes ?? 0;
}

/** Sends a request as `next` gives it, until it gives no more or the server has closed the connection. */
function pour(port: number, head: string[], next: (sent: number) => Buffer | undefined) {
  return new Promise<{ answer: string; sent: number }>((resolve) => {
    let answer = '';
    let sent = 0;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      more();
    });
    const more = () => {
      const piece = next(sent);
      if (!piece) return;
      sent += piece.length;
      if (socket.write(piece)) setImmediate(more);
      else socket.once('drain', more);
    };
    socket.setEncoding('utf8').on('data', (piece: string) => (answer += piece));
    // Cut off: how the system tells it does not matter.
    socket.on('error', () => undefined).on('close', () => resolve({ answer, sent }));
  });
}

describe('POST /uploads', () => {
  it('takes a JPEG, turns it upright and keeps nothing but the pixels', async () => {
    const { data } = expectStatus(201, await upload(ann, await photo()));
    expect(data).toMatchObject({ width: 40, height: 60, used: false, bytes: expect.any(Number) });
    expect(data.url).toMatch(/^\/media\/[\w-]{24}\.webp\?user=\d+&expires=\d+&signature=[\w-]{43}$/);
    const seen = await look(data.url);
    expect(seen).toMatchObject({ format: 'webp', width: 40, height: 60 });
    expect([seen.exif, seen.icc, seen.xmp, seen.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(seen.bytes.includes('secret owner')).toBe(false);
    const top = await sharp(seen.bytes).extract({ left: 20, top: 5, width: 1, height: 1 }).raw().toBuffer();
    expect([top[0]! > 150, top[2]! < 100]).toEqual([true, true]);
  });

  it.each(['png', 'webp', 'gif'] as const)('takes a %s, whatever it is called', async (kind) => {
    const named = { filename: 'x.exe', contentType: 'application/x-msdownload' };
    const { data } = expectStatus(201, await upload(ann, await picture(kind), named));
    expect(await look(data.url)).toMatchObject({ format: 'webp', width: 60, height: 40 });
  });

  it('scales down to 4096, 1280 and 320 pixels, and never up', async () => {
    const bob = await t.world.user();
    const large = await sharp({ create: { width: 5000, height: 2500, channels: 3, background: 'green' } })
      .png()
      .toBuffer();
    const { data } = expectStatus(201, await upload(bob, large));
    expect(data).toMatchObject({ width: 4096, height: 2048 });
    expect(await look(data.url)).toMatchObject({ width: 4096, height: 2048 });
    expect(await look(data.previewUrl)).toMatchObject({ width: 1280, height: 640, format: 'webp' });
    expect(await look(data.thumbnailUrl)).toMatchObject({ width: 320, height: 160, format: 'webp' });

    const small = expectStatus(201, await upload(bob, await picture())).data;
    expect(await look(small.thumbnailUrl)).toMatchObject({ width: 60, height: 40 });
  });

  it('keeps of a file that is a picture and something else only the picture', async () => {
    for (const kind of ['gif', 'jpeg', 'png'] as const) {
      const script = '<html><script>alert(1)</script></html>';
      const file = Buffer.concat([await picture(kind), Buffer.from(script)]);
      const { data } = expectStatus(201, await upload(ann, file, { filename: 'a.html' }));
      const { bytes } = await look(data.url);
      expect(bytes.includes('script')).toBe(false);
    }
  });

  it('takes nothing from the name of the file', async () => {
    for (const filename of [
      '../../../etc/passwd',
      '<img src=x onerror=alert(1)>.jpg',
      'a\\..\\b.jpg',
      '.',
      '',
    ]) {
      const answer = expectStatus(201, await upload(ann, await picture(), { filename }));
      expect(JSON.stringify(answer.data)).not.toMatch(/passwd|onerror|\.\./);
    }
    for (const name of filesIn(mediaFolder()))
      expect(String(name)).toMatch(/^[\w-]{2}[\\/][\w-]{24}(-320|-1280)?\.webp$/);
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  const tiff = () =>
    sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .tiff()
      .toBuffer();
  const avif = () =>
    sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .avif()
      .toBuffer();
  it.each<[string, () => string | Buffer | Promise<Buffer>, Partial<FormPart>?]>([
    ['SVG', () => svg, { filename: 'a.svg', contentType: 'image/svg+xml' }],
    ['SVG called PNG', () => svg, { filename: 'a.png', contentType: 'image/png' }],
    ['HTML', () => '<!doctype html><script>alert(1)</script>', { filename: 'a.jpg' }],
    ['PDF', () => '%PDF-1.7\n1 0 obj', { filename: 'a.pdf' }],
    ['TIFF', tiff],
    ['AVIF', avif],
    ['plain text', () => 'GIF is a format'],
    ['an empty file', () => ''],
  ])('refuses %s', async (_, content, part) => {
    expect(await upload(ann, await content(), part)).toMatchObject({ status: 415, error: 'UPLOAD_TYPE' });
  });

  it.each<[string, () => Promise<Buffer>]>([
    ['a JPEG that ends too soon', async () => (await picture('jpeg', 600, 400)).subarray(0, 1500)],
    ['a PNG that ends too soon', async () => (await picture('png', 600, 400)).subarray(0, 300)],
    ['a GIF that is only a beginning', async () => (await picture('gif', 600, 400)).subarray(0, 40)],
    ['rubbish that begins like a JPEG', async () => Buffer.from('\xff\xd8\xff\xe0 rubbish', 'latin1')],
    ['rubbish that begins like a WebP', async () => Buffer.from('RIFF\x10\0\0\0WEBPVP8 rubbish', 'latin1')],
  ])('refuses %s', async (_, content) => {
    expect(await upload(ann, await content())).toMatchObject({ status: 400, error: 'UPLOAD_BROKEN' });
  });

  it('refuses more than 40 megapixels by their number, without making them', async () => {
    const files = [bomb(20_000, 20_000), bomb(6_400, 6_400), bomb(1_000_000, 41)];
    expect(Math.max(...files.map(({ length }) => length))).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    const since = performance.now();
    for (const file of files)
      expect(await upload(ann, file)).toMatchObject({ status: 413, error: 'UPLOAD_TOO_MANY_PIXELS' });
    expect(performance.now() - since).toBeLessThan(2_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
  });

  it('takes 8 MB and not a byte more', async () => {
    const max = 8 * 1_048_576;
    const start = await picture();
    const padded = (size: number) => Buffer.concat([start, Buffer.alloc(size - start.length)]);
    expectStatus(201, await upload(ann, padded(max)));
    expect(await upload(ann, padded(max + 1))).toMatchObject({ status: 413, error: 'UPLOAD_TOO_LARGE' });
    expect(await upload(ann, padded(9 * 1_048_576))).toMatchObject({
      status: 413,
      error: 'UPLOAD_TOO_LARGE',
    });
  });

  it('answers while 12 MB are still being sent, and reads no further where no end is in sight', async () => {
    const { port } = t.app.getHttpServer().address() as { port: number };
    const head = [
      'POST /api/v1/uploads HTTP/1.1',
      'host: x',
      `authorization: Bearer ${t.api.tokenOf(ann)}`,
      'content-type: multipart/form-data; boundary=b',
    ];
    const form = Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n');
    const chunk = (piece: Buffer) =>
      Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);

    const patient = await pour(port, [...head, 'content-length: 12000000', 'connection: close'], (sent) =>
      sent < 12_000_000 ? (sent === 0 ? form : Buffer.alloc(Math.min(65_536, 12_000_000 - sent))) : undefined,
    );
    expect(patient.answer).toMatch(/^HTTP\/1\.1 413 .*"error":"UPLOAD_TOO_LARGE"/s);

    const declared = await pour(port, [...head, 'content-length: 1000000000'], (sent) =>
      sent === 0 ? form : Buffer.alloc(65_536),
    );
    expect(declared.sent).toBeLessThan(16e6);
    const endless = await pour(port, [...head, 'transfer-encoding: chunked'], (sent) =>
      chunk(sent === 0 ? form : Buffer.alloc(65_536)),
    );
    expect(endless.sent).toBeLessThan(24e6);
  });

  it('takes one file in the field `file` and nothing else', async () => {
    const content = await picture();
    const file = { content, filename: 'a.jpg' };
    const api = t.api.as(ann);
    const refused = [
      await api.upload('/uploads'),
      await api.upload('/uploads', { ...file, field: 'picture' }),
      await api.upload('/uploads', file, file),
      await api.upload('/uploads', file, { content: 'x', field: 'title' }),
      await api.upload('/uploads', { content: 'x', field: 'title' }, file),
      await api.upload('/uploads', { content: 'x', field: 'file' }),
      await api.upload('/uploads', { content: 'x', field: '__proto__' }),
      await api
        .with({ 'content-type': 'multipart/form-data; boundary=x' })
        .send('POST', '/uploads', Buffer.from('rubbish')),
      await api
        .with({ 'content-type': 'multipart/form-data; boundary=x' })
        .send('POST', '/uploads', Buffer.from('')),
      await api.with({ 'content-type': 'multipart/form-data' }).send('POST', '/uploads', Buffer.from('--')),
      await api
        .with({ 'content-type': 'multipart/form-data; boundary=x' })
        .send(
          'POST',
          '/uploads',
          Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nGIF8'),
        ),
    ];
    for (const answer of refused) expect(answer).toMatchObject({ status: 400, error: 'BAD_PARAMETER' });
  });

  it('takes no JSON, and no other route takes a form', async () => {
    const api = t.api.as(ann);
    expect(await api.send('POST', '/uploads')).toMatchObject({ status: 415, error: 'HTTP_ERROR' });
    expect((await api.post('/uploads', { file: 'x' })).status).toBe(400);
    expect(
      await api.with({ 'content-type': 'application/x-www-form-urlencoded' }).send('POST', '/uploads', 'a=b'),
    ).toMatchObject({ status: 415 });
    const file = { content: await picture(), filename: 'a.jpg' };
    for (const url of ['/groups', '/auth/login', '/invites/x/accept'])
      expect(await api.upload(url, file)).toMatchObject({ status: 415, error: 'HTTP_ERROR' });
  });

  it('is for those who are signed in', async () => {
    const file = { content: await picture(), filename: 'a.jpg' };
    expect(await t.api.upload('/uploads', file)).toMatchObject({ status: 401, error: 'NOT_LOGGED_IN' });
    expect((await t.api.get('/uploads')).status).toBe(401);
    expect((await t.api.delete('/uploads/1')).status).toBe(401);
  });

  it('keeps to the quota exactly under 20 parallel uploads, and gives back what is removed', async () => {
    const cat = await t.world.user();
    const noise = await sharp({
      create: {
        width: 900,
        height: 900,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg()
      .toBuffer();
    const answers = await Promise.all(Array.from({ length: 20 }, () => upload(cat, noise)));
    const made = answers.filter(({ status }) => status === 201).map(({ data }) => data);
    const each = Math.ceil(made[0].bytes / 1_024);
    expect(made).toHaveLength(Math.floor(1_024 / each));
    expect(made.length).toBeLessThan(20);
    for (const { status, error } of answers)
      if (status !== 201) expect([status, error]).toEqual([409, 'UPLOAD_QUOTA']);
    expect(await quotaOf(cat)).toBe(made.length * each);

    await Promise.all(made.map(({ id }) => t.api.as(cat).delete(`/uploads/${id}`)));
    expect(await quotaOf(cat)).toBe(0);
    expect((await t.api.as(cat).get('/uploads')).data.items).toEqual([]);
  });

  it('of one who sends very many at once keep nobody else waiting', async () => {
    const [greedy, honest] = (await t.world.usersOf(2)) as [TestUser, TestUser];
    const slow = await picture('png', 1_600, 1_200);
    const many = Array.from({ length: 60 }, () => upload(greedy, slow));
    expectStatus(201, await upload(honest, await picture()));
    const statuses = (await Promise.all(many)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 503).length).toBeGreaterThanOrEqual(33);
    expect(statuses).toContain(503);
  });

  it('that stall take only their sender’s turns, until he is gone', async () => {
    const { port } = t.app.getHttpServer().address() as { port: number };
    const [slow, honest] = (await t.world.usersOf(2)) as [TestUser, TestUser];
    const head = [
      'POST /api/v1/uploads HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${t.api.tokenOf(slow)}`,
      'Content-Type: multipart/form-data; boundary=b',
      'Content-Length: 5000',
    ];
    const start = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n';
    const stalled = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const socket = connect(port, '127.0.0.1').on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(`${head.join('\r\n')}\r\n\r\n${start}`);
        return socket;
      }),
    );
    await sleep(200);
    expectStatus(201, await upload(honest, await picture()));
    // Those first that have not had their turn.
    for (const socket of stalled.splice(3)) socket.destroy();
    await sleep(100);
    for (const socket of stalled) socket.destroy();
    expectStatus(201, await upload(slow, await picture()));
  });

  it('leaves neither a row nor quota behind when the storage fails', async () => {
    const { MediaStorage } = await import('../../src/modules/upload/storage/media-storage.js');
    const { appError } = await import('../../src/common/errors/app-error.js');
    const storage = t.app.get(MediaStorage, { strict: false });
    const put = storage.put.bind(storage);
    const dan = await t.world.user();
    let calls = 0;
    storage.put = (key, bytes, type) =>
      ++calls === 2 ? Promise.reject(appError('STORAGE_UNAVAILABLE')) : put(key, bytes, type);
    const files = filesIn(mediaFolder()).length;
    const answer = await upload(dan, await picture());
    storage.put = put;
    expect(answer).toMatchObject({ status: 503, error: 'STORAGE_UNAVAILABLE' });
    expect(filesIn(mediaFolder())).toHaveLength(files);
    expect(await quotaOf(dan)).toBe(0);
    expect((await t.api.as(dan).get('/uploads')).data.items).toEqual([]);
  });
});

describe('GET /uploads', () => {
  it('pages through mine and no one else’s, newest first', async () => {
    const [eve, fay] = await t.world.usersOf(2);
    const ids: number[] = [];
    for (let i = 0; i < 3; i++) ids.unshift(expectStatus(201, await upload(eve!, await picture())).data.id);
    expectStatus(201, await upload(fay!, await picture()));
    const first = expectStatus(200, await t.api.as(eve!).get('/uploads?limit=2')).data;
    const second = expectStatus(
      200,
      await t.api.as(eve!).get(`/uploads?limit=2&cursor=${first.nextCursor}`),
    ).data;
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
  });
});

describe('DELETE /uploads/{id}', () => {
  it('removes an unused one of mine with its files; everything else is not there', async () => {
    const [gus, hal] = await t.world.usersOf(2);
    const { data } = expectStatus(201, await upload(gus!, await picture()));
    expect(await t.api.as(hal!).delete(`/uploads/${data.id}`)).toMatchObject({
      status: 404,
      error: 'MEDIA_NOT_FOUND',
    });
    const files = filesIn(mediaFolder()).length;
    expectStatus(200, await t.api.as(gus!).delete(`/uploads/${data.id}`));
    expect(filesIn(mediaFolder())).toHaveLength(files - 3);
    expect((await t.app.inject({ url: data.url })).statusCode).toBe(404);
    expect((await t.api.as(gus!).delete(`/uploads/${data.id}`)).status).toBe(404);

    const used = expectStatus(201, await upload(gus!, await picture())).data;
    expectStatus(200, await t.api.as(gus!).patch('/me', { avatarId: used.id }));
    expect((await t.api.as(gus!).delete(`/uploads/${used.id}`)).status).toBe(404);
  });
});
