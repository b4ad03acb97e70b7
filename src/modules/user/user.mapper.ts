import { normaliseKey } from '../../common/validation/normalise-key.js';
import { USER_LIMITS } from './user.limits.js';
import { isoOf } from '../../common/database/values.js';
import { avatarUrlOf } from '../upload/index.js';
import type { MeDto } from './dto/me.dto.js';
import type { PublicUserDto } from './dto/public-user.dto.js';
import type { SessionDto } from './dto/session.dto.js';
import type { Session } from './session.entity.js';
import type { ProfileRow } from './user.repository.js';

export function toPublicUserDto(row: ProfileRow): PublicUserDto {
  return {
    id: row.id,
    nickname: row.nickname,
    avatarUrl: avatarUrlOf(row.avatar),
    gender: row.gender,
    province: row.province,
    city: row.city,
    bio: row.bio,
    createdAt: isoOf(row.createdAt),
  };
}

export function toMeDto(row: ProfileRow): MeDto {
  const { phone, birthday, role, language, timeZone } = row;
  return { ...toPublicUserDto(row), phone, birthday, role, language, timeZone };
}

export function toSessionDto(session: Session, currentId: number): SessionDto {
  return {
    id: session.id,
    userAgent: session.userAgent,
    address: session.address,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    current: session.id === currentId,
  };
}

/** What member search compares: `nickname` normalised and cut to its column. */
export const nicknameKeyOf = (nickname: string) => normaliseKey(nickname, USER_LIMITS.nicknameKey);

/** +8613800000001 → 138****0001: the nickname of those who gave none. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/^\+(86)?/, '');
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
