import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/common/database/database.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { picture } from '../support/pictures.js';
import { expectStatus, type TestUser } from '../support/world.js';

let t: TestApp;
let ann: TestUser;
/** Of a picture, as Ann alone is given it. */
let signed: { id: number; url: string; thumbnailUrl: string };
beforeAll(async () => {
  t = await createTestApp();
  ann = await t.world.user();
  const content = await picture();
  signed = expectStatus(201, await t.api.as(ann).upload('/uploads', { content, filename: 'a.jpg' })).data;
});
afterAll(() => t.close());

const as = (user: TestUser) => t.api.as(user);

describe('a signed address that is copied into a text', () => {
  it('shows the picture that is attached, and loses its signature wherever it stands', async () => {
    const { id: groupId } = await t.world.group(ann, { checkInPosts: true, checkInComments: true });
    const body = [
      `![a](${signed.thumbnailUrl})`,
      `[link](${signed.url})`,
      `https://example.org${signed.url}`,
      `as in HTML: ${signed.url.replaceAll('&', '&amp;')}`,
      `seen ${signed.url.split('?')[0]!}?`,
    ].join('\n\n');
    const post = expectStatus(
      201,
      await as(ann).post(`/groups/${groupId}/posts`, { title: signed.url, body, imageIds: [signed.id] }),
    ).data;
    expect(post.html).toContain('<img src="/media/');
    expect(post.body).toContain('.webp?');
    const question = { categoryId: 1, title: 'Why?', body };
    const answers = [
      { data: post },
      await as(ann).patch(`/posts/${post.id}`, { version: 1, body }),
      await as(ann).post(`/posts/${post.id}/comments`, { body }),
      await as(ann).post('/questions', question),
      await as(ann).post(`/groups/${groupId}/check-ins`, { note: body.slice(0, 400) }),
    ];
    for (const { data } of answers) expect(JSON.stringify(data)).not.toMatch(/signature=|expires=/);
    const db = t.app.get(Database);
    for (const [table, columns] of Object.entries({
      posts: 'title, body, html, excerpt',
      post_revisions: 'title, body',
      comments: 'body, html',
      questions: 'body, html, excerpt',
      check_ins: 'note',
      messages: 'title, excerpt',
    }))
      expect(JSON.stringify(await db.rows(`select ${columns} from ${table}`))).not.toContain('signature=');
  });
});
