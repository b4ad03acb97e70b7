import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database, type SqlValue } from '../../src/common/database/database.js';
import { holes } from '../../src/common/database/sql.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { cursorOf, rowsReadFor } from '../support/rows-read.js';
import type { TestUser } from '../support/world.js';

const ROWS = 4_000;
const MIDDLE = ROWS / 2;

let t: TestApp;
let ann: TestUser;
/** In all the groups but the first. */
let ben: TestUser;

/** Four thousand of everything: people, who like the first post; groups, the first with posts and so on. */
beforeAll(async () => {
  t = await createTestApp();
  ann = await t.world.user();
  ben = await t.world.user();
  const { id: group } = await t.world.group(ann);
  const time = '2026-01-01';
  const text = {
    author_id: ann.id,
    body: 'x',
    html: 'x',
    html_version: 1,
    created_at: time,
    updated_at: time,
  };
  await fill('users', (n) => {
    const name = `n${n}`;
    const names = { phone: `+861370000${n}`, password_hash: '-', nickname: name, nickname_key: name };
    return { ...names, role: 'user', created_at: time, updated_at: time };
  });
  const person = (n: number) => ben.id + 1 + n;
  await fill('posts', (n) => ({
    ...text,
    group_id: group,
    title: 'x',
    excerpt: 'x',
    hot_score: (n * 7) % ROWS,
    excellent: n % 2,
  }));
  const comment = { ...text, group_id: group, target_type: 'post', target_id: 1 };
  await fill('comments', () => ({ ...comment, root_id: null }));
  await fill('comments', () => ({ ...comment, root_id: 1 }));
  await fill('likes', (n) => ({ target_type: 'post', target_id: 1, user_id: person(n), created_at: time }));
  const about = { target_type: 'post', target_id: 1, place_type: 'post', place_id: 1, group_id: group };
  await fill('messages', (n) => ({
    ...about,
    user_id: ann.id,
    type: n % 2 ? 'comment' : 'like',
    actor_id: 2,
    title: 'x',
    excerpt: 'x',
    unread: n % 2,
    created_at: time,
    updated_at: time,
  }));
  const lengths = { name: 'x', name_key: 'x', description: '', notice: '', category_id: 1, max_members: 9 };
  const policy = { join_policy: 'open', visibility: 'public', hot_score: 0, owner_id: ann.id };
  await fill('group_info', () => ({ ...lengths, ...policy, created_at: time, updated_at: time }));
  await fill('group_rules', (n) => ({
    group_id: group + 1 + n,
    effective_from: time,
    time_zone: 'UTC',
    day_start_hour: 0,
    schedule: 'daily',
    weekdays: '',
    times_per_week: 0,
    make_up_allowed: true,
    make_up_window_days: 1,
    make_up_monthly_limit: 1,
    make_up_min_reason_length: 1,
    min_note_length: 0,
    image_required: false,
    created_at: time,
  }));
  await fill('memberships', (n) => ({
    group_id: group + 1 + n,
    user_id: ben.id,
    role: 'member',
    active: true,
    joined_at: time,
    stretch_from: time,
  }));
  const picture = {
    user_id: ann.id,
    content_type: 'image/webp',
    width: 1,
    height: 1,
    bytes: 1,
    created_at: time,
  };
  await fill('uploads', (n) => ({ ...picture, name: `n${n}` }));
  await t.app
    .get(Database)
    .rows(
      `analyze table users, posts, comments, likes, messages, uploads, group_info, group_rules, memberships`,
    );
}, 60_000);
afterAll(() => t.close());

async function fill(table: string, rowOf: (n: number) => Record<string, SqlValue>): Promise<void> {
  for (let from = 0; from < ROWS; from += 500) {
    const rows = Array.from({ length: 500 }, (_, i) => rowOf(from + i));
    const columns = Object.keys(rows[0]!);
    const values = rows.map(() => `(${holes(columns)})`);
    const sql = `insert into ${table} (${columns.join(', ')}) values ${values.join(', ')}`;
    await t.app.get(Database).run(
      sql,
      rows.flatMap((row) => Object.values(row)),
    );
  }
}

it.each([
  ['/groups/1/posts?', cursorOf('all new', 0, 0, MIDDLE)],
  ['/groups/1/posts?sort=hot&', cursorOf('all hot', 0, MIDDLE, MIDDLE)],
  ['/groups/1/posts?filter=excellent&', cursorOf('excellent new', 0, 0, MIDDLE)],
  ['/feed?', cursorOf(MIDDLE)],
  ['/me/groups?', cursorOf(MIDDLE)],
  ['/me/today?', cursorOf(MIDDLE)],
  ['/users/2/groups?', cursorOf(MIDDLE)],
  ['/users/1/posts?', cursorOf(MIDDLE)],
  ['/posts/1/comments?', cursorOf('old', MIDDLE)],
  ['/posts/1/comments?sort=new&', cursorOf('new', MIDDLE)],
  ['/comments/1/replies?', cursorOf(ROWS + MIDDLE)],
  ['/posts/1/likes?', cursorOf(MIDDLE)],
  ['/messages?', cursorOf(MIDDLE)],
  ['/messages?type=comment&', cursorOf(MIDDLE)],
  ['/messages?type=comment&type=mention&', cursorOf(MIDDLE)],
  ['/messages?unread=true&', cursorOf(MIDDLE)],
  ['/messages?unread=true&type=comment&', cursorOf(MIDDLE)],
  ['/uploads?', cursorOf(MIDDLE)],
])('GET %s reads no more rows in the middle of the list than at its beginning', async (url, middle) => {
  const reader = url.startsWith('/me/') ? ben : ann;
  const first = await rowsReadFor(t, reader, `${url}limit=10`);
  expect(first).toBeLessThan(500);
  expect(await rowsReadFor(t, reader, `${url}limit=10&cursor=${middle}`)).toBeLessThan(first + 100);
});
