import type { MigrationInterface, QueryRunner } from 'typeorm';
import { col, createTable, dropTable } from '../schema.js';

const GROUP = { columns: ['group_id'], references: 'group_info', onDelete: 'CASCADE' } as const;
const USER = { columns: ['user_id'], references: 'users', onDelete: 'CASCADE' } as const;

const CATEGORIES = [
  ['reading', 'Reading', '阅读'],
  ['fitness', 'Fitness', '健身'],
  ['running', 'Running', '跑步'],
  ['languages', 'Languages', '语言'],
  ['study', 'Study', '学习'],
  ['early-rising', 'Early rising', '早起'],
  ['writing', 'Writing', '写作'],
  ['music', 'Music', '音乐'],
  ['health', 'Health', '健康'],
  ['other', 'Other', '其他'],
] as const;

/** Columns by which members of equal standing are put in order: the tail of every board's index. */
const TIE = ['make_ups', 'last_checked_at', 'user_id'];
const board = (...value: string[]) => ['group_id', 'active', ...value, ...TIE];

export class Initial1763700000001 implements MigrationInterface {
  name = 'Initial1763700000001';

  async up(q: QueryRunner): Promise<void> {
    await createTable(q, 'users', {
      columns: [
        col.id(),
        col.text('phone', 20),
        col.text('password_hash', 255),
        col.text('nickname', 32),
        col.text('nickname_key', 128),
        col.text('gender', 10, { default: 'unknown' }),
        col.day('birthday', { nullable: true }),
        col.text('province', 32, { nullable: true }),
        col.text('city', 32, { nullable: true }),
        col.text('bio', 200, { default: '' }),
        col.text('role', 16, { default: 'user' }),
        col.instant('created_at'),
        col.instant('updated_at'),
      ],
      unique: { uq_users_phone: ['phone'] },
    });
    await createTable(q, 'sessions', {
      columns: [
        col.id(),
        col.ref('user_id'),
        col.text('user_agent', 255),
        col.text('address', 45),
        col.instant('created_at'),
        col.instant('last_used_at'),
        col.instant('expires_at'),
        col.instant('revoked_at', { nullable: true }),
        col.text('revoke_reason', 16, { nullable: true }),
      ],
      indexes: { ix_sessions_user: ['user_id', 'id'] },
      foreignKeys: { fk_sessions_user: USER },
    });
    await createTable(q, 'refresh_tokens', {
      columns: [
        col.id(),
        col.ref('session_id'),
        col.text('token_hash', 64),
        col.instant('created_at'),
        col.instant('used_at', { nullable: true }),
      ],
      unique: { uq_refresh_tokens_hash: ['token_hash'] },
      indexes: { ix_refresh_tokens_session: ['session_id'] },
      foreignKeys: {
        fk_refresh_tokens_session: { columns: ['session_id'], references: 'sessions', onDelete: 'CASCADE' },
      },
    });

    await createTable(q, 'group_categories', {
      columns: [
        col.id(),
        col.text('slug', 32),
        col.text('name_en', 40),
        col.text('name_zh', 40),
        col.int('position'),
      ],
      unique: { uq_group_categories_slug: ['slug'] },
    });
    for (const [position, [slug, en, zh]] of CATEGORIES.entries()) {
      await q.query('insert into group_categories (slug, name_en, name_zh, position) values (?, ?, ?, ?)', [
        slug,
        en,
        zh,
        position + 1,
      ]);
    }
    await createTable(q, 'group_info', {
      columns: [
        col.id(),
        col.text('name', 40),
        col.text('name_key', 160),
        col.text('description', 500),
        col.text('notice', 1000),
        col.ref('category_id'),
        col.text('join_policy', 16),
        col.text('visibility', 16),
        col.int('max_members'),
        col.count('member_count'),
        col.int('hot_score', { default: 0 }),
        col.day('streaks_settled_on', { nullable: true }),
        col.ref('owner_id'),
        col.instant('created_at'),
        col.instant('updated_at'),
        col.instant('dissolved_at', { nullable: true }),
      ],
      indexes: {
        ix_group_info_new: ['visibility', 'dissolved_at', 'id'],
        ix_group_info_hot: ['visibility', 'dissolved_at', 'hot_score', 'id'],
        ix_group_info_members: ['visibility', 'dissolved_at', 'member_count', 'id'],
        ix_group_info_category_new: ['category_id', 'visibility', 'dissolved_at', 'id'],
        ix_group_info_category_hot: ['category_id', 'visibility', 'dissolved_at', 'hot_score', 'id'],
        ix_group_info_category_members: ['category_id', 'visibility', 'dissolved_at', 'member_count', 'id'],
        ix_group_info_owner: ['owner_id'],
      },
      foreignKeys: {
        fk_group_info_category: {
          columns: ['category_id'],
          references: 'group_categories',
          onDelete: 'RESTRICT',
        },
        fk_group_info_owner: { columns: ['owner_id'], references: 'users', onDelete: 'RESTRICT' },
      },
    });
    await createTable(q, 'group_rules', {
      columns: [
        col.id(),
        col.ref('group_id'),
        col.day('effective_from'),
        col.text('time_zone', 64),
        col.int('day_start_hour'),
        col.text('schedule', 16),
        col.text('weekdays', 7, { default: '' }),
        col.int('times_per_week', { default: 0 }),
        col.flag('make_up_allowed', { default: true }),
        col.int('make_up_window_days'),
        col.int('make_up_monthly_limit'),
        col.int('make_up_min_reason_length'),
        col.int('min_note_length', { default: 0 }),
        col.instant('created_at'),
      ],
      unique: { uq_group_rules_group_day: ['group_id', 'effective_from'] },
      foreignKeys: { fk_group_rules_group: GROUP },
    });

    await createTable(q, 'memberships', {
      columns: [
        col.id(),
        col.ref('group_id'),
        col.ref('user_id'),
        col.text('role', 8),
        col.flag('active'),
        col.instant('joined_at'),
        col.instant('left_at', { nullable: true }),
        col.day('stretch_from'),
        col.instant('muted_until', { nullable: true }),
        col.text('mute_reason', 200, { nullable: true }),
        col.text('streak_unit', 4, { default: 'day' }),
        col.count('streak_length'),
        col.day('streak_from', { nullable: true }),
        col.day('streak_to', { nullable: true }),
        col.count('longest_days'),
        col.count('longest_weeks'),
        col.count('total'),
        col.count('make_ups'),
        col.day('week_of', { nullable: true }),
        col.count('week_count'),
        col.count('stretch_week_count'),
        col.text('month_of', 7, { nullable: true }),
        col.count('month_count'),
        col.day('last_day', { nullable: true }),
        col.instant('last_checked_at', { nullable: true }),
        col.int('version', { default: 0 }),
      ],
      unique: { uq_memberships_group_user: ['group_id', 'user_id'] },
      indexes: {
        ix_memberships_user: ['user_id', 'active', 'group_id'],
        ix_memberships_list: ['group_id', 'active', 'id'],
        ix_memberships_streak: board('streak_length DESC'),
        ix_memberships_streak_to: ['group_id', 'active', 'streak_to'],
        ix_memberships_longest_days: board('longest_days DESC'),
        ix_memberships_longest_weeks: board('longest_weeks DESC'),
        ix_memberships_total: board('total DESC'),
        ix_memberships_week: board('week_of', 'week_count DESC'),
        ix_memberships_month: board('month_of', 'month_count DESC'),
      },
      foreignKeys: { fk_memberships_group: GROUP, fk_memberships_user: USER },
    });
    await createTable(q, 'membership_spells', {
      columns: [
        col.id(),
        col.ref('group_id'),
        col.ref('user_id'),
        col.day('joined_day'),
        col.instant('joined_at'),
        col.day('left_day', { nullable: true }),
        col.instant('left_at', { nullable: true }),
      ],
      indexes: { ix_membership_spells_member: ['group_id', 'user_id', 'joined_day'] },
      foreignKeys: { fk_membership_spells_group: GROUP, fk_membership_spells_user: USER },
    });
    await createTable(q, 'group_applications', {
      columns: [
        col.id(),
        col.ref('group_id'),
        col.ref('user_id'),
        col.text('reason', 200),
        col.text('state', 16),
        col.text('pending_key', 40, { nullable: true }),
        col.text('message', 200, { nullable: true }),
        col.ref('decided_by', { nullable: true }),
        col.instant('decided_at', { nullable: true }),
        col.instant('created_at'),
      ],
      unique: { uq_group_applications_pending: ['pending_key'] },
      indexes: {
        ix_group_applications_group: ['group_id', 'state', 'id'],
        ix_group_applications_user: ['user_id', 'group_id', 'id'],
      },
      foreignKeys: { fk_group_applications_group: GROUP, fk_group_applications_user: USER },
    });
    await createTable(q, 'group_invites', {
      columns: [
        col.id(),
        col.ref('group_id'),
        col.text('token_hash', 64),
        col.ref('created_by'),
        col.instant('created_at'),
        col.instant('expires_at'),
        col.int('max_uses', { nullable: true }),
        col.count('uses'),
        col.instant('revoked_at', { nullable: true }),
      ],
      unique: { uq_group_invites_hash: ['token_hash'] },
      indexes: { ix_group_invites_group: ['group_id', 'id'] },
      foreignKeys: { fk_group_invites_group: GROUP },
    });
    await createTable(q, 'group_bans', {
      columns: [
        col.id(),
        col.ref('group_id'),
        col.ref('user_id'),
        col.text('reason', 200, { nullable: true }),
        col.instant('banned_until', { nullable: true }),
        col.ref('banned_by'),
        col.instant('created_at'),
      ],
      unique: { uq_group_bans_group_user: ['group_id', 'user_id'] },
      foreignKeys: { fk_group_bans_group: GROUP, fk_group_bans_user: USER },
    });

    await createTable(q, 'check_ins', {
      columns: [
        col.id(),
        col.ref('group_id'),
        col.ref('user_id'),
        col.day('day'),
        col.text('kind', 8),
        col.text('state', 12),
        col.text('note', 1000),
        col.instant('checked_at'),
        col.day('made_on'),
      ],
      unique: { uq_check_ins_group_user_day: ['group_id', 'user_id', 'day'] },
      indexes: {
        ix_check_ins_day: ['group_id', 'day', 'checked_at', 'id'],
        ix_check_ins_feed: ['group_id', 'checked_at', 'id'],
      },
      foreignKeys: { fk_check_ins_group: GROUP, fk_check_ins_user: USER },
    });
    await createTable(q, 'make_up_quotas', {
      columns: [col.id(), col.ref('group_id'), col.ref('user_id'), col.text('month', 7), col.count('used')],
      unique: { uq_make_up_quotas_month: ['group_id', 'user_id', 'month'] },
      foreignKeys: { fk_make_up_quotas_group: GROUP, fk_make_up_quotas_user: USER },
    });
    await createTable(q, 'group_days', {
      columns: [
        col.id(),
        col.ref('group_id'),
        col.day('day'),
        col.count('done'),
        col.int('member_delta', { default: 0 }),
      ],
      unique: { uq_group_days_group_day: ['group_id', 'day'] },
      foreignKeys: { fk_group_days_group: GROUP },
    });

    await createTable(q, 'business_log', {
      columns: [
        col.id(),
        col.ref('actor_id', { nullable: true }),
        col.text('action', 64),
        col.text('object_type', 32),
        col.ref('object_id', { nullable: true }),
        col.json('detail', { nullable: true }),
        col.text('request_id', 64, { nullable: true }),
        col.instant('created_at'),
      ],
      indexes: {
        ix_business_log_object: ['object_type', 'object_id', 'id'],
        ix_business_log_actor: ['actor_id', 'id'],
      },
    });
    await createTable(q, 'idempotency_keys', {
      columns: [
        col.id(),
        col.ref('user_id'),
        col.text('idempotency_key', 255),
        col.text('request_hash', 64),
        col.int('status', { nullable: true }),
        col.longText('response', { nullable: true }),
        col.instant('created_at'),
      ],
      unique: { uq_idempotency_keys_user_key: ['user_id', 'idempotency_key'] },
      indexes: { ix_idempotency_keys_created: ['created_at'] },
      foreignKeys: { fk_idempotency_keys_user: USER },
    });
  }

  async down(q: QueryRunner): Promise<void> {
    const tables = [
      'idempotency_keys',
      'business_log',
      'group_days',
      'make_up_quotas',
      'check_ins',
      'group_bans',
      'group_invites',
      'group_applications',
      'membership_spells',
      'memberships',
      'group_rules',
      'group_info',
      'group_categories',
      'refresh_tokens',
      'sessions',
      'users',
    ];
    for (const table of tables) await dropTable(q, table);
  }
}
