import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../database/columns.js';

/** The last run of a scheduled job, and the lock that lets one instance do it. */
@Entity('jobs')
@Index('uq_jobs_name', ['name'], { unique: true })
export class Job {
  @IdColumn() id: number;
  @TextColumn(48) name: string;
  /** Which of its runs was claimed last; later ones compare greater. */
  @TextColumn(32) slot: string;
  /** The process that runs it now. */
  @TextColumn(40, { nullable: true }) holder: string | null;
  /** Until when the holder may be believed to be alive. */
  @InstantColumn({ nullable: true }) lockedUntil: Date | null;
  @InstantColumn({ nullable: true }) startedAt: Date | null;
  @InstantColumn({ nullable: true }) finishedAt: Date | null;
  /** What went wrong in the last run; null: nothing. */
  @TextColumn(200, { nullable: true }) error: string | null;
}
