import { Entity, Index, type MigrationInterface, type QueryRunner } from 'typeorm';
import {
  CountColumn,
  DayColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
} from '../../src/common/database/columns.js';
import type { DatabaseConfig } from '../../src/common/database/database-config.js';
import { openDatabase } from '../../src/common/database/data-source.js';
import { migrate } from '../../src/common/database/migrator.js';
import { addColumn, col, createTable, dropColumn, dropTable } from '../../src/common/database/schema.js';

/** Tables of these tests alone: one with every kind of column, one that refers to it. */
@Entity('things')
@Index('uq_things_name', ['name'], { unique: true })
@Index('uq_things_owner_day', ['ownerId', 'day'], { unique: true })
@Index('ix_things_total', ['total', 'id'])
export class Thing {
  @IdColumn() id: number;
  @TextColumn(60) name: string;
  @TextColumn(20, { default: 'new' }) state: string;
  @TextColumn(20, { nullable: true }) remark: string | null;
  @RefColumn({ nullable: true }) ownerId: number | null;
  @LongTextColumn({ nullable: true }) body: string | null;
  @InstantColumn() createdAt: Date;
  @InstantColumn({ nullable: true }) seenAt: Date | null;
  @DayColumn({ nullable: true }) day: string | null;
  @IntColumn({ default: 18 }) age: number;
  @IntColumn({ nullable: true }) rank: number | null;
  @CountColumn() total: number;
  @FlagColumn({ default: false }) done: boolean;
  @JsonColumn({ nullable: true }) detail: unknown;
}

@Entity('notes')
export class Note {
  @IdColumn() id: number;
  @RefColumn() thingId: number;
  @TextColumn(100) text: string;
  @IntColumn({ nullable: true }) mood: number | null;
}

export const entities = [Thing, Note];

export class Things1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'things', {
      columns: [
        col.id(),
        col.text('name', 60),
        col.text('state', 20, { default: 'new' }),
        col.text('remark', 20, { nullable: true }),
        col.ref('owner_id', { nullable: true }),
        col.longText('body', { nullable: true }),
        col.instant('created_at'),
        col.instant('seen_at', { nullable: true }),
        col.day('day', { nullable: true }),
        col.int('age', { default: 18 }),
        col.int('rank', { nullable: true }),
        col.count('total'),
        col.flag('done', { default: false }),
        col.json('detail', { nullable: true }),
      ],
      unique: { uq_things_name: ['name'], uq_things_owner_day: ['owner_id', 'day'] },
      indexes: { ix_things_total: ['total DESC', 'id'] },
    });
    await createTable(runner, 'notes', {
      columns: [col.id(), col.ref('thing_id'), col.text('text', 100)],
      foreignKeys: {
        fk_notes_thing: { columns: ['thing_id'], references: 'things', onDelete: 'CASCADE' },
      },
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTable(runner, 'notes');
    await dropTable(runner, 'things');
  }
}

export class NoteMood1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumn(runner, 'notes', col.int('mood', { nullable: true }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumn(runner, 'notes', 'mood');
  }
}

export const migrations = [Things1700000000001, NoteMood1700000000002];

export async function openFixture(config: DatabaseConfig) {
  const opened = await openDatabase(config, entities, migrations);
  await migrate(opened.dataSource);
  return opened;
}

/** SQL that makes a thing of the name given as its only parameter. */
export const INSERT_THING = `INSERT INTO things (name, created_at) VALUES (?, '2026-01-01 00:00:00.000')`;
