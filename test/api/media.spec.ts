import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Jobs } from '../../src/common/jobs/jobs.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { picture } from '../support/pictures.js';
import { expectRubbishRefused, expectSignInNeeded } from '../support/requests.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
let ben: TestUser;
let stranger: TestUser;
beforeAll(async () => {
  t = await createTestApp();
  [ann, ben, stranger] = (await t.world.usersOf(3)) as [TestUser, TestUser, TestUser];
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);

async function upload(user: TestUser): Promise<{ id: number; url: string }> {
  const content = await picture();
  return expectStatus(201, await as(user).upload('/uploads', { content, filename: 'a.jpg' })).data;
}

function fetch(url: string, user?: TestUser, headers: Record<string, string> = {}) {
  const token = user ? { authorization: `Bearer ${t.api.tokenOf(user)}` } : {};
  return t.app.inject({ url, headers: { ...token, ...headers } });
}

const statusOf = async (url: string, user?: TestUser) => (await fetch(url, user)).statusCode;
const plain = (url: string) => url.split('?')[0]!;
const plainHtml = (html: string) => html.replace(/\?user=[^"]*/g, '');

/** A group of Ann's with Ben in it, and the image of a check-in of hers as she is shown it. */
async function groupWithImage(settings: object) {
  const { id } = await t.world.group(ann, { members: [ben], ...settings });
  const { id: imageId } = await upload(ann);
  const answer = await as(ann).post(`/groups/${id}/check-ins`, { note: 'done', imageIds: [imageId] });
  const { checkIn } = expectStatus(201, answer).data;
  return { groupId: id as number, checkIn, image: checkIn.images[0] };
}

const imageFor = async (user: TestUser, groupId: number) =>
  expectStatus(200, await as(user).get(`/groups/${groupId}/check-ins`)).data.items[0].images[0];

describe('GET /media/{file}', () => {
  it('sends a public picture with headers that keep it for good and let nothing run in it', async () => {
    const { image } = await groupWithImage({});
    expect(image.url).toMatch(/^\/media\/[\w-]{24}\.webp$/);
    const { statusCode, headers, rawPayload } = await fetch(image.url);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/webp',
      'content-length': String(rawPayload.length),
      'content-disposition': 'inline; filename="picture.webp"',
      'cache-control': 'public, max-age=31536000, s-maxage=3600, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin',
    });
    const again = await fetch(image.url, undefined, { 'if-none-match': headers.etag as string });
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0]);
    expect(again.headers['cache-control']).toContain('immutable');
    expect((await fetch(image.thumbnailUrl)).headers.etag).not.toBe(headers.etag);
    const head = await t.app.inject({ method: 'HEAD', url: image.url });
    expect([head.statusCode, head.rawPayload.length]).toEqual([200, 0]);
  });

  it('answers to whatever is not there or not to be seen alike', async () => {
    const { image } = await groupWithImage({ visibility: 'private' });
    const unused = await upload(ann);
    const paths = [
      plain(image.url),
      plain(unused.url),
      `/media/${'a'.repeat(24)}.webp`,
      `/media/${'a'.repeat(24)}-640.webp`,
      '/media/..%2f..%2ftoken.secret',
      '/media/%2e%2e%2ftoken.secret.webp',
      '/media/x',
    ];
    for (const path of paths) {
      const { statusCode, headers, body } = await fetch(path);
      expect([path, statusCode]).toEqual([path, 404]);
      expect(JSON.parse(body)).toMatchObject({ code: 70107, data: { error: 'MEDIA_NOT_FOUND' } });
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('shows what belongs to nothing yet to its owner only', async () => {
    const { url } = await upload(ann);
    expect(await statusOf(url)).toBe(200);
    expect(await statusOf(plain(url), ann)).toBe(200);
    expect(await statusOf(plain(url), ben)).toBe(404);
    expect((await fetch(url)).headers['cache-control']).toBe('private, max-age=31536000, immutable');
  });
});

describe('pictures of a private group', () => {
  it('are for members: by token or by an address signed for them', async () => {
    const { groupId, image } = await groupWithImage({ visibility: 'private' });
    const path = plain(image.url);
    const forBen = await imageFor(ben, groupId);
    expect(forBen.url).toContain(`user=${ben.id}&`);
    for (const url of [image.url, forBen.url, forBen.thumbnailUrl, forBen.previewUrl])
      expect(await statusOf(url)).toBe(200);
    expect(await statusOf(path, ben)).toBe(200);
    expect(await statusOf(path, stranger)).toBe(404);
    expect(await statusOf(path)).toBe(404);
    const { headers } = await fetch(forBen.url);
    expect(headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers.vary).toContain('authorization');
  });

  it('are gone for one who leaves, and for all when the group is dissolved', async () => {
    const { groupId, image } = await groupWithImage({ visibility: 'private' });
    const { url } = await imageFor(ben, groupId);
    expectStatus(200, await as(ben).delete(`/groups/${groupId}/members/me`));
    expect([await statusOf(url), await statusOf(plain(url), ben)]).toEqual([404, 404]);
    expect((await fetch(url, undefined, { 'if-none-match': '*' })).statusCode).toBe(404);
    expect(await statusOf(image.url)).toBe(200);
    expectStatus(200, await as(ann).delete(`/groups/${groupId}`));
    expect([await statusOf(image.url), await statusOf(plain(url), ann)]).toEqual([404, 404]);
  });

  it('are not shown to an address that was changed, made for another picture, or has expired', async () => {
    const { groupId, image } = await groupWithImage({ visibility: 'private' });
    const other = (await groupWithImage({ visibility: 'private' })).image;
    const { url } = await imageFor(ben, groupId);
    const query = new URLSearchParams(url.split('?')[1]);
    const changed = (name: string, value: string) => {
      const copy = new URLSearchParams(query);
      copy.set(name, value);
      return `${plain(url)}?${copy.toString()}`;
    };
    const signature = query.get('signature')!;
    const wrong = [
      changed('user', String(ann.id)),
      changed('expires', String(Number(query.get('expires')) + 3_600)),
      changed('signature', `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`),
      changed('signature', signature.slice(1)),
      changed('signature', ''),
      `${plain(url)}?user=${ben.id}`,
      `${plain(other.url)}?${query.toString()}`,
    ];
    for (const address of wrong) expect([address, await statusOf(address)]).toEqual([address, 404]);

    const expires = Number(query.get('expires'));
    const ahead = expires - t.clock.now().getTime() / 1_000;
    expect([expires % 3_600, ahead > 12 * 3_600, ahead <= 24 * 3_600]).toEqual([0, true, true]);
    expect((await imageFor(ben, groupId)).url).toBe(url);
    const before = t.clock.now();
    t.clock.set(new Date(expires * 1_000 - 1));
    expect(await statusOf(url)).toBe(200);
    t.clock.set(new Date(expires * 1_000));
    expect(await statusOf(url)).toBe(404);
    t.clock.set(before);
    expect(image.id).toBeGreaterThan(0);
  });

  it('follow the group when it turns private', async () => {
    const { groupId, image } = await groupWithImage({});
    expect(await statusOf(image.url)).toBe(200);
    const change = { visibility: 'private', joinPolicy: 'invite' };
    expectStatus(200, await as(ann).patch(`/groups/${groupId}`, change));
    expect([await statusOf(image.url), await statusOf(image.url, ben)]).toEqual([404, 200]);
  });
});

describe('attaching', () => {
  it('takes each picture once, and only the writer’s own', async () => {
    const first = await t.world.group(ann, { members: [ben] });
    const second = await t.world.group(ann, { members: [ben] });
    const mine = await upload(ben);
    const hers = await upload(ann);
    const checkIn = (groupId: number, imageIds: number[]) =>
      as(ben).post(`/groups/${groupId}/check-ins`, { imageIds });
    for (const ids of [[hers.id], [mine.id, hers.id], [999_999]])
      expect(await checkIn(first.id, ids)).toMatchObject({ status: 400, error: 'UPLOAD_NOT_FOUND' });
    const answers = await Promise.all([first, second].map(({ id }) => checkIn(id, [mine.id])));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('keeps the order given, refuses more than nine and one twice', async () => {
    const { id } = await t.world.group(ann, { members: [ben] });
    const uploads = [await upload(ben), await upload(ben), await upload(ben)]
      .map((each) => each.id)
      .reverse();
    const send = (imageIds: unknown) => as(ben).post(`/groups/${id}/check-ins`, { imageIds });
    for (const ids of [
      [uploads[0], uploads[0]],
      Array.from({ length: 10 }, (_, i) => i + 1),
      'x',
      [0],
      ['1'],
    ])
      expect((await send(ids)).status).toBe(400);
    const { data } = expectStatus(201, await send(uploads));
    expect(data.checkIn.images.map((image: { id: number }) => image.id)).toEqual(uploads);
    const board = expectStatus(200, await as(ann).get(`/groups/${id}/days/${data.day}`)).data;
    expect(board.items[0].checkIn.images).toHaveLength(3);
    expect(expectStatus(200, await send([])).data.checkIn.images).toHaveLength(3);
  });

  it('ends with the check-in, after which the pictures can be used again', async () => {
    const { groupId, checkIn, image } = await groupWithImage({});
    expectStatus(200, await as(ann).delete(`/groups/${groupId}/check-ins/${checkIn.id}`));
    expect([await statusOf(image.url), await statusOf(image.url, ann)]).toEqual([404, 200]);
    const again = expectStatus(201, await as(ann).post(`/groups/${groupId}/check-ins`, { note: 'again' }));
    expect(again.data.checkIn).toMatchObject({ id: checkIn.id, images: [] });
    const other = await t.world.group(ann);
    const reused = await as(ann).post(`/groups/${other.id}/check-ins`, { imageIds: [image.id] });
    expect(expectStatus(201, reused).data.checkIn.images[0].url).toBe(image.url);
  });
});

describe('a rule that demands an image', () => {
  it('is kept to by check-ins, but not by make-ups and muted members', async () => {
    const { id } = await t.world.group(ann, { members: [ben], rule: { imageRequired: true } });
    const checkIn = (user: TestUser, body = {}) => as(user).post(`/groups/${id}/check-ins`, body);
    expect(await checkIn(ben)).toMatchObject({ status: 400, error: 'IMAGE_REQUIRED' });
    const before = t.clock.now();
    t.clock.set(new Date(before.getTime() + 86_400_000));
    const { images } = expectStatus(201, await checkIn(ben, { imageIds: [(await upload(ben)).id] })).data
      .checkIn;
    expect(images).toHaveLength(1);
    const yesterday = { day: before.toISOString().slice(0, 10), reason: 'forgotten' };
    const made = expectStatus(201, await as(ben).post(`/groups/${id}/make-ups`, yesterday)).data;
    expect(made.checkIn.images).toEqual([]);
    const withImage = { ...yesterday, imageIds: [(await upload(ann)).id] };
    expect(
      expectStatus(201, await as(ann).post(`/groups/${id}/make-ups`, withImage)).data.checkIn.images,
    ).toHaveLength(1);

    t.clock.set(new Date(before.getTime() + 2 * 86_400_000));
    const mutedUntil = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
    expectStatus(200, await as(ann).patch(`/groups/${id}/members/${ben.id}`, { mutedUntil }));
    const { id: imageId } = await upload(ben);
    expect(await checkIn(ben, { imageIds: [imageId] })).toMatchObject({ status: 403, error: 'MUTED' });
    expectStatus(201, await checkIn(ben));
    t.clock.set(before);
  });
});

describe('previews', () => {
  const preview = (body: unknown, user = ann) => as(user).post('/markdown-previews', body);

  it('show their author pictures that belong to nothing yet, or to a text of his', async () => {
    const { id, url } = await upload(ann);
    const body = `![a red half](${plain(url)})`;
    const shown = async () => expectStatus(200, await preview({ body, imageIds: [id] })).data.html;
    const source = /src="([^"]+)"/.exec(await shown())![1]!.replaceAll('&amp;', '&');
    expect(source).toMatch(/-1280\.webp\?user=/);
    expect([await statusOf(source), await statusOf(plain(source))]).toEqual([200, 404]);
    const { id: groupId } = await t.world.group(ann, { visibility: 'private' });
    const post = { title: 'x', body, imageIds: [id] };
    const { html } = expectStatus(201, await as(ann).post(`/groups/${groupId}/posts`, post)).data;
    expect(plainHtml(await shown())).toBe(plainHtml(html));
    expect((await preview({ body })).data.html).toContain(`<a href="${plain(url)}"`);
  });

  it('show nobody the pictures of others', async () => {
    const { id } = await upload(ann);
    const unknown = { status: 400, error: 'UPLOAD_NOT_FOUND' };
    expect(await preview({ body: 'x', imageIds: [id] }, ben)).toMatchObject(unknown);
    expectStatus(200, await as(ann).delete(`/uploads/${id}`));
    expect(await preview({ body: 'x', imageIds: [id] })).toMatchObject(unknown);
  });

  it('keep nothing and name nobody', async () => {
    const { html } = expectStatus(200, await preview({ body: `Hello @${ben.nickname}\n**!**` })).data;
    expect(html).toBe(`<p>Hello @${ben.nickname}<br>\n<strong>!</strong></p>`);
    expect((await as(ben).get('/messages')).data.items).toEqual([]);
  });

  it('are refused of what is no text of a post, and to those not signed in', async () => {
    await expectSignInNeeded(t.api, ['POST /markdown-previews']);
    await expectRubbishRefused(as(ann), [
      ['POST /markdown-previews', 'body', {}],
      ['POST /markdown-previews', 'body', { body: ' ' }],
      ['POST /markdown-previews', 'body', { body: 'x'.repeat(20_001) }],
      ['POST /markdown-previews', 'imageIds', { body: 'x', imageIds: [1, 1] }],
      ['POST /markdown-previews', 'html', { body: 'x', html: 'x' }],
    ]);
  });
});

describe('avatars and covers', () => {
  it('an avatar is shown to everybody wherever its owner is named, until he takes it off', async () => {
    const { id } = await upload(stranger);
    const { avatarUrl } = expectStatus(200, await as(stranger).patch('/me', { avatarId: id })).data;
    expect(avatarUrl).toMatch(/^\/media\/[\w-]{24}-320\.webp$/);
    expect(await statusOf(avatarUrl)).toBe(200);
    expect((await as(ann).get(`/users/${stranger.id}`)).data.avatarUrl).toBe(avatarUrl);
    const group = await t.world.group(ann, { members: [stranger] });
    const members = expectStatus(200, await as(ann).get(`/groups/${group.id}/members`)).data.items;
    expect(members.map(({ user }: { user: { avatarUrl: string } }) => user.avatarUrl)).toContain(avatarUrl);

    const next = await upload(stranger);
    const changed = expectStatus(200, await as(stranger).patch('/me', { avatarId: next.id, bio: 'hi' })).data;
    expect(changed.avatarUrl).not.toBe(avatarUrl);
    expect([await statusOf(avatarUrl), await statusOf(changed.avatarUrl)]).toEqual([404, 200]);
    expectStatus(200, await as(stranger).patch('/me', { bio: 'ho' }));
    expect((await as(stranger).get('/me')).data.avatarUrl).toBe(changed.avatarUrl);
    expectStatus(200, await as(stranger).patch('/me', { avatarId: null }));
    expect((await as(stranger).get('/me')).data.avatarUrl).toBeNull();
    expect(await as(stranger).patch('/me', { avatarId: (await upload(ann)).id })).toMatchObject({
      status: 400,
      error: 'UPLOAD_NOT_FOUND',
    });
  });

  it('a cover comes with the group, signed where the group is private', async () => {
    const cover = await upload(ann);
    const open = await t.world.group(ann, { coverId: cover.id });
    expect(open.coverUrl).toMatch(/-1280\.webp$/);
    expect(await statusOf(open.coverUrl)).toBe(200);
    const hidden = await t.world.group(ann, { visibility: 'private', members: [ben] });
    expect(hidden.coverUrl).toBeNull();
    const { id: coverId } = await upload(ann);
    const { coverUrl } = expectStatus(200, await as(ann).patch(`/groups/${hidden.id}`, { coverId })).data;
    expect([
      await statusOf(coverUrl),
      await statusOf(plain(coverUrl)),
      await statusOf(plain(coverUrl), ben),
    ]).toEqual([200, 404, 200]);
    const mine = expectStatus(200, await as(ben).get('/me/groups?limit=100')).data.items;
    expect(mine.find((group: { id: number }) => group.id === hidden.id).coverUrl).toContain(
      `user=${ben.id}&`,
    );
    const taken = { coverId: cover.id };
    expect(await as(ann).patch(`/groups/${hidden.id}`, taken)).toMatchObject({
      status: 400,
      error: 'UPLOAD_NOT_FOUND',
    });
    expectStatus(200, await as(ann).patch(`/groups/${hidden.id}`, { coverId: null }));
    expect((await as(ann).get(`/groups/${hidden.id}`)).data.coverUrl).toBeNull();
  });
});

describe('the removal of what is unused', () => {
  it('comes after 24 hours, for what was never used and for what no longer is', async () => {
    const [kept, gone, later] = [await upload(ben), await upload(ben), await upload(ben)];
    expectStatus(200, await as(ben).patch('/me', { avatarId: later.id }));
    expectStatus(200, await as(ben).patch('/me', { avatarId: kept.id }));
    const before = t.clock.now();
    t.clock.set(new Date(before.getTime() + 24 * 3_600_000));
    const jobs = t.app.get(Jobs, { strict: false });
    const mine = async () =>
      expectStatus(200, await as(ben).get('/uploads?limit=100')).data.items.map(
        ({ id }: { id: number }) => id,
      );
    await jobs.runNow('unused-uploads');
    expect(await mine()).toEqual(expect.arrayContaining([kept.id, gone.id, later.id]));
    t.clock.set(new Date(before.getTime() + 24 * 3_600_000 + 1_000));
    await jobs.runNow('unused-uploads');
    expect(await mine()).not.toContain(gone.id);
    expect(await mine()).not.toContain(later.id);
    expect(await mine()).toContain(kept.id);
    expect(await statusOf(plain(gone.url), ben)).toBe(404);
    expect(await as(ben).patch('/me', { avatarId: gone.id })).toMatchObject({ error: 'UPLOAD_NOT_FOUND' });
    t.clock.set(before);
  });

  it('and an attach in the same moment leave a picture that is whole or none at all', async () => {
    const { UploadService } = await import('../../src/modules/upload/index.js');
    const uploads = t.app.get(UploadService, { strict: false });
    const before = t.clock.now();
    for (let i = 0; i < 8; i++) {
      const { id } = await upload(stranger);
      const later = new Date(before.getTime() + 25 * 3_600_000);
      const [answer] = await Promise.all([
        as(stranger).patch('/me', { avatarId: id }),
        uploads.removeUnused(later),
        uploads.removeUnused(later),
      ]);
      expect([200, 400]).toContain(answer.status);
      const url = answer.data.avatarUrl as string | undefined;
      if (answer.status === 200) expect(await statusOf(url!)).toBe(200);
      else expect(answer.error).toBe('UPLOAD_NOT_FOUND');
    }
  });
});
