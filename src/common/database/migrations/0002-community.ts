import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  addColumn,
  col,
  type ColumnSpec,
  createIndex,
  createTable,
  dropColumn,
  dropIndex,
  dropTable,
  type ForeignKeySpec,
} from '../schema.js';

const refers = (column: string, references: string): ForeignKeySpec => ({
  columns: [column],
  references,
  onDelete: 'CASCADE',
});
const GROUP = refers('group_id', 'group_info');
const USER = refers('user_id', 'users');
const AUTHOR = refers('author_id', 'users');

const QUESTION_CATEGORIES = [
  ['check-in', 'Checking in', '打卡'],
  ['running', 'Running and fitness', '跑步健身'],
  ['reading', 'Reading and writing', '阅读写作'],
  ['languages', 'Languages', '语言学习'],
  ['study', 'Study and work', '学习工作'],
  ['health', 'Health and sleep', '健康作息'],
  ['motivation', 'Motivation', '坚持方法'],
  ['product', 'Using HiGroup', '使用帮助'],
  ['other', 'Other', '其他'],
] as const;

/** What every written thing has besides its text: who took it away, when, and why. */
const REMOVAL = [
  col.text('state', 16, { default: 'visible' }),
  col.instant('removed_at', { nullable: true }),
  col.ref('removed_by', { nullable: true }),
  col.text('remove_reason', 200, { nullable: true }),
];
const MARKDOWN = [
  col.longText('body'),
  col.longText('html'),
  col.int('html_version'),
  col.json('mentions', { nullable: true }),
];
const TIMES = [
  col.instant('created_at'),
  col.instant('updated_at'),
  col.instant('edited_at', { nullable: true }),
];

const ADDED: Record<string, ColumnSpec[]> = {
  users: [col.text('avatar', 40, { nullable: true })],
  group_info: [
    col.text('cover', 40, { nullable: true }),
    col.count('post_count'),
    col.flag('check_in_posts', { default: false }),
    col.flag('check_in_comments', { default: true }),
    col.int('reminder_hour', { nullable: true }),
    col.day('reminded_on', { nullable: true }),
  ],
  group_rules: [col.flag('image_required', { default: false })],
  check_ins: [col.json('images', { nullable: true }), col.count('like_count'), col.count('comment_count')],
};

export class Community1763700000002 implements MigrationInterface {
  name = 'Community1763700000002';

  async up(q: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(ADDED)) {
      for (const column of columns) await addColumn(q, table, column);
    }
    await createIndex(q, 'users', 'ix_users_nickname_key', ['nickname_key']);
    await createIndex(q, 'group_info', 'ix_group_info_reminder', ['reminder_hour']);
    await createIndex(q, 'sessions', 'ix_sessions_expires', ['expires_at']);

    await createTable(q, 'uploads', {
      columns: [
        col.id(),
        col.ref('user_id'),
        col.text('name', 40),
        col.text('content_type', 32),
        col.int('width'),
        col.int('height'),
        col.int('bytes'),
        col.text('target_type', 12, { nullable: true }),
        col.ref('target_id', { nullable: true }),
        col.ref('group_id', { nullable: true }),
        col.instant('created_at'),
        col.instant('unused_since', { nullable: true }),
      ],
      unique: { uq_uploads_name: ['name'] },
      indexes: {
        ix_uploads_user: ['user_id', 'id'],
        ix_uploads_target: ['target_type', 'target_id'],
        ix_uploads_unused: ['unused_since'],
      },
      foreignKeys: { fk_uploads_user: USER },
    });
    await createTable(q, 'upload_quotas', {
      columns: [col.id(), col.ref('user_id'), col.count('kilobytes')],
      unique: { uq_upload_quotas_user: ['user_id'] },
      foreignKeys: { fk_upload_quotas_user: USER },
    });

    await createTable(q, 'posts', {
      columns: [
        col.id(),
        col.ref('group_id'),
        col.ref('author_id'),
        col.ref('check_in_id', { nullable: true }),
        col.text('title', 120),
        ...MARKDOWN,
        col.text('excerpt', 200),
        col.json('images', { nullable: true }),
        ...REMOVAL,
        col.flag('pinned', { default: false }),
        col.flag('excellent', { default: false }),
        col.flag('locked', { default: false }),
        col.count('comment_count'),
        col.count('like_count'),
        col.int('hot_score', { default: 0 }),
        col.int('version', { default: 1 }),
        ...TIMES,
      ],
      unique: { uq_posts_check_in: ['check_in_id'] },
      indexes: {
        ix_posts_new: ['group_id', 'state', 'pinned', 'id'],
        ix_posts_hot: ['group_id', 'state', 'pinned', 'hot_score', 'id'],
        ix_posts_excellent: ['group_id', 'state', 'excellent', 'pinned', 'id'],
        ix_posts_group: ['group_id', 'state', 'id'],
        ix_posts_author: ['author_id', 'state', 'id'],
        ix_posts_removed: ['removed_at'],
      },
      foreignKeys: { fk_posts_group: GROUP, fk_posts_author: AUTHOR },
    });
    await createTable(q, 'post_revisions', {
      columns: [
        col.id(),
        col.ref('post_id'),
        col.int('version'),
        col.ref('editor_id'),
        col.text('title', 120),
        col.longText('body'),
        col.instant('created_at'),
      ],
      unique: { uq_post_revisions_version: ['post_id', 'version'] },
      foreignKeys: { fk_post_revisions_post: refers('post_id', 'posts') },
    });
    await createTable(q, 'comments', {
      columns: [
        col.id(),
        col.text('target_type', 8),
        col.ref('target_id'),
        col.ref('group_id'),
        col.ref('author_id'),
        col.ref('root_id', { nullable: true }),
        col.ref('reply_to_user_id', { nullable: true }),
        ...MARKDOWN,
        ...REMOVAL,
        col.count('reply_count'),
        col.count('like_count'),
        ...TIMES,
      ],
      indexes: {
        ix_comments_roots: ['target_type', 'target_id', 'root_id', 'id'],
        ix_comments_replies: ['root_id', 'state', 'id'],
        ix_comments_author: ['author_id', 'id'],
        ix_comments_removed: ['removed_at'],
      },
      foreignKeys: { fk_comments_group: GROUP, fk_comments_author: AUTHOR },
    });
    await createTable(q, 'likes', {
      columns: [
        col.id(),
        col.text('target_type', 8),
        col.ref('target_id'),
        col.ref('user_id'),
        col.instant('created_at'),
      ],
      unique: { uq_likes_target_user: ['target_type', 'target_id', 'user_id'] },
      indexes: { ix_likes_target: ['target_type', 'target_id', 'id'] },
      foreignKeys: { fk_likes_user: USER },
    });

    await createTable(q, 'question_categories', {
      columns: [
        col.id(),
        col.text('slug', 32),
        col.text('name_en', 40),
        col.text('name_zh', 40),
        col.int('position'),
      ],
      unique: { uq_question_categories_slug: ['slug'] },
    });
    for (const [position, [slug, en, zh]] of QUESTION_CATEGORIES.entries()) {
      await q.query(
        'insert into question_categories (slug, name_en, name_zh, position) values (?, ?, ?, ?)',
        [slug, en, zh, position + 1],
      );
    }
    await createTable(q, 'questions', {
      columns: [
        col.id(),
        col.ref('group_id', { nullable: true }),
        col.ref('category_id'),
        col.ref('author_id'),
        col.text('title', 256),
        ...MARKDOWN,
        col.text('excerpt', 200),
        col.json('images', { nullable: true }),
        ...REMOVAL,
        col.instant('closed_at', { nullable: true }),
        col.ref('closed_by', { nullable: true }),
        col.text('close_reason', 200, { nullable: true }),
        col.ref('accepted_answer_id', { nullable: true }),
        col.count('answer_count'),
        col.count('vote_score'),
        col.count('follower_count'),
        col.count('view_count'),
        col.int('hot_score', { default: 0 }),
        col.int('version', { default: 1 }),
        ...TIMES,
      ],
      indexes: {
        ix_questions_new: ['state', 'id'],
        ix_questions_hot: ['state', 'hot_score', 'id'],
        ix_questions_unanswered: ['state', 'answer_count', 'id'],
        ix_questions_category_new: ['category_id', 'state', 'id'],
        ix_questions_category_hot: ['category_id', 'state', 'hot_score', 'id'],
        ix_questions_category_unanswered: ['category_id', 'state', 'answer_count', 'id'],
        ix_questions_group_new: ['group_id', 'state', 'id'],
        ix_questions_group_hot: ['group_id', 'state', 'hot_score', 'id'],
        ix_questions_author: ['author_id', 'state', 'id'],
        ix_questions_removed: ['removed_at'],
      },
      foreignKeys: {
        fk_questions_group: GROUP,
        fk_questions_author: AUTHOR,
        fk_questions_category: {
          columns: ['category_id'],
          references: 'question_categories',
          onDelete: 'RESTRICT',
        },
      },
    });
    await createTable(q, 'question_follows', {
      columns: [col.id(), col.ref('question_id'), col.ref('user_id'), col.instant('created_at')],
      unique: { uq_question_follows_user: ['question_id', 'user_id'] },
      foreignKeys: {
        fk_question_follows_question: refers('question_id', 'questions'),
        fk_question_follows_user: USER,
      },
    });
    await createTable(q, 'answers', {
      columns: [
        col.id(),
        col.ref('question_id'),
        col.ref('author_id'),
        col.text('author_key', 40, { nullable: true }),
        ...MARKDOWN,
        col.text('excerpt', 200),
        col.json('images', { nullable: true }),
        ...REMOVAL,
        col.flag('accepted', { default: false }),
        col.count('vote_score'),
        col.count('reply_count'),
        col.int('version', { default: 1 }),
        ...TIMES,
      ],
      unique: { uq_answers_author: ['author_key'] },
      indexes: {
        ix_answers_list: ['question_id', 'state', 'accepted DESC', 'vote_score DESC', 'id'],
        ix_answers_author: ['author_id', 'state', 'id'],
        ix_answers_removed: ['removed_at'],
      },
      foreignKeys: { fk_answers_question: refers('question_id', 'questions'), fk_answers_author: AUTHOR },
    });
    await createTable(q, 'answer_replies', {
      columns: [
        col.id(),
        col.ref('answer_id'),
        col.ref('author_id'),
        col.ref('reply_to_user_id', { nullable: true }),
        ...MARKDOWN,
        ...REMOVAL,
        ...TIMES,
      ],
      indexes: {
        ix_answer_replies_list: ['answer_id', 'state', 'id'],
        ix_answer_replies_removed: ['removed_at'],
      },
      foreignKeys: {
        fk_answer_replies_answer: refers('answer_id', 'answers'),
        fk_answer_replies_author: AUTHOR,
      },
    });
    await createTable(q, 'votes', {
      columns: [
        col.id(),
        col.text('target_type', 8),
        col.ref('target_id'),
        col.ref('user_id'),
        col.int('value'),
        col.instant('created_at'),
      ],
      unique: { uq_votes_target_user: ['target_type', 'target_id', 'user_id'] },
      foreignKeys: { fk_votes_user: USER },
    });

    await createTable(q, 'messages', {
      columns: [
        col.id(),
        col.ref('user_id'),
        col.text('type', 16),
        col.text('detail', 24, { nullable: true }),
        col.ref('actor_id', { nullable: true }),
        col.int('actor_count', { default: 1 }),
        col.text('target_type', 12),
        col.ref('target_id'),
        col.text('place_type', 12),
        col.ref('place_id'),
        col.ref('answer_id', { nullable: true }),
        col.ref('group_id', { nullable: true }),
        col.text('title', 120),
        col.text('excerpt', 200),
        col.flag('unread', { default: true }),
        col.text('merge_key', 48, { nullable: true }),
        col.instant('created_at'),
        col.instant('updated_at'),
      ],
      unique: { uq_messages_merge: ['user_id', 'merge_key'] },
      indexes: {
        ix_messages_user: ['user_id', 'id'],
        ix_messages_user_type: ['user_id', 'type', 'id'],
        ix_messages_unread: ['user_id', 'unread', 'id'],
        ix_messages_created: ['created_at'],
      },
      foreignKeys: { fk_messages_user: USER },
    });
    await createTable(q, 'message_likes', {
      columns: [
        col.id(),
        col.ref('actor_id'),
        col.text('target_type', 12),
        col.ref('target_id'),
        col.ref('message_id', { nullable: true }),
        col.instant('created_at'),
      ],
      unique: { uq_message_likes_actor_target: ['actor_id', 'target_type', 'target_id'] },
      indexes: { ix_message_likes_message: ['message_id', 'created_at', 'id'] },
      foreignKeys: { fk_message_likes_actor: refers('actor_id', 'users') },
    });
    await createTable(q, 'message_settings', {
      columns: [col.id(), col.ref('user_id'), col.text('type', 16), col.flag('enabled')],
      unique: { uq_message_settings_user_type: ['user_id', 'type'] },
      foreignKeys: { fk_message_settings_user: USER },
    });

    await createTable(q, 'jobs', {
      columns: [
        col.id(),
        col.text('name', 48),
        col.text('slot', 32),
        col.text('holder', 40, { nullable: true }),
        col.instant('locked_until', { nullable: true }),
        col.instant('started_at', { nullable: true }),
        col.instant('finished_at', { nullable: true }),
        col.text('error', 200, { nullable: true }),
      ],
      unique: { uq_jobs_name: ['name'] },
    });
  }

  async down(q: QueryRunner): Promise<void> {
    const tables = [
      'jobs',
      'message_settings',
      'message_likes',
      'messages',
      'votes',
      'answer_replies',
      'answers',
      'question_follows',
      'questions',
      'question_categories',
      'likes',
      'comments',
      'post_revisions',
      'posts',
      'upload_quotas',
      'uploads',
    ];
    for (const table of tables) await dropTable(q, table);
    await dropIndex(q, 'sessions', 'ix_sessions_expires');
    await dropIndex(q, 'group_info', 'ix_group_info_reminder');
    await dropIndex(q, 'users', 'ix_users_nickname_key');
    for (const [table, columns] of Object.entries(ADDED)) {
      for (const { name } of columns) await dropColumn(q, table, name);
    }
  }
}
