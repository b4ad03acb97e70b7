import { Column, PrimaryGeneratedColumn } from 'typeorm';

/**
 * The column types that mean the same on both databases; `schema.ts` has their counterparts for migrations.
 * A property in camelCase becomes a column in snake_case (`SnakeCaseNaming`).
 */
interface Nullable {
  nullable?: boolean;
}

/** Auto-incremented 64-bit id; a number within `Number.MAX_SAFE_INTEGER`. */
export const IdColumn = (): PropertyDecorator => PrimaryGeneratedColumn({ type: 'bigint' });

/** Id of another row; the foreign key is declared in the migration. */
export const RefColumn = ({ nullable = false }: Nullable = {}): PropertyDecorator =>
  Column({ type: 'bigint', nullable });

/** Text of at most `length` code points; SQLite does not enforce it, the DTO must. */
export const TextColumn = (
  length: number,
  { nullable = false, default: value }: Nullable & { default?: string } = {},
): PropertyDecorator => Column({ type: 'varchar', length, nullable, default: value });

/** Text of at most 16 MB. */
export const LongTextColumn = ({ nullable = false }: Nullable = {}): PropertyDecorator =>
  Column({ type: 'text', nullable });

/** A point in time, a `Date` with milliseconds, stored in UTC. */
export const InstantColumn = ({ nullable = false }: Nullable = {}): PropertyDecorator =>
  Column({ type: 'datetime', precision: 3, nullable });

/** A calendar day, 'YYYY-MM-DD'; never a `Date`. */
export const DayColumn = ({ nullable = false }: Nullable = {}): PropertyDecorator =>
  Column({ type: 'date', nullable });

/** A 32-bit signed integer. */
export const IntColumn = ({
  nullable = false,
  default: value,
}: Nullable & { default?: number } = {}): PropertyDecorator =>
  Column({ type: 'int', nullable, default: value });

/** A counter kept by conditional updates; starts at 0. */
export const CountColumn = (): PropertyDecorator => Column({ type: 'int', default: 0 });

export const FlagColumn = ({ default: value }: { default?: boolean } = {}): PropertyDecorator =>
  Column({ type: 'boolean', default: value });

/** Any JSON value; raw rows carry it as text. */
export const JsonColumn = ({ nullable = false }: Nullable = {}): PropertyDecorator =>
  Column({ type: 'json', nullable });
