import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumn, col, createIndex, dropColumn, dropIndex } from '../schema.js';

const SETTINGS = [col.text('language', 8, { nullable: true }), col.text('time_zone', 64, { nullable: true })];

/** What clients need besides: the settings of an account, and a person's groups in the order of joining. */
export class Clients1763700000003 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    for (const column of SETTINGS) await addColumn(q, 'users', column);
    await createIndex(q, 'memberships', 'ix_memberships_user_list', ['user_id', 'active', 'id']);
  }

  async down(q: QueryRunner): Promise<void> {
    await dropIndex(q, 'memberships', 'ix_memberships_user_list');
    for (const { name } of SETTINGS) await dropColumn(q, 'users', name);
  }
}
