import { Entity, Index } from 'typeorm';
import { DayColumn, IdColumn, InstantColumn, TextColumn } from '../../common/database/columns.js';
import type { Role } from '../../common/auth/role.js';
import { USER_LIMITS } from './user.limits.js';

export const GENDERS = ['unknown', 'male', 'female', 'other'] as const;
export type Gender = (typeof GENDERS)[number];

export const USER_LANGUAGES = ['zh-CN', 'en'] as const;
export type UserLanguage = (typeof USER_LANGUAGES)[number];

@Entity('users')
@Index('uq_users_phone', ['phone'], { unique: true })
@Index('ix_users_nickname_key', ['nicknameKey'])
export class User {
  @IdColumn() id: number;
  /** E.164, e.g. +8613800000001; never leaves the account's own routes. */
  @TextColumn(20) phone: string;
  /** argon2id in PHC form. */
  @TextColumn(255) passwordHash: string;
  @TextColumn(USER_LIMITS.nickname) nickname: string;
  /** `normaliseKey(nickname)`: what member search compares. */
  @TextColumn(USER_LIMITS.nicknameKey) nicknameKey: string;
  @TextColumn(10, { default: 'unknown' }) gender: Gender;
  @DayColumn({ nullable: true }) birthday: string | null;
  @TextColumn(USER_LIMITS.place, { nullable: true }) province: string | null;
  @TextColumn(USER_LIMITS.place, { nullable: true }) city: string | null;
  @TextColumn(USER_LIMITS.bio, { default: '' }) bio: string;
  @TextColumn(16, { default: 'user' }) role: Role;
  /** Name of an upload; null: none. */
  @TextColumn(40, { nullable: true }) avatar: string | null;
  /** Of what clients show; null: as the device says. */
  @TextColumn(8, { nullable: true }) language: UserLanguage | null;
  /** IANA; null: as the device says. */
  @TextColumn(64, { nullable: true }) timeZone: string | null;
  @InstantColumn() createdAt: Date;
  @InstantColumn() updatedAt: Date;
}
