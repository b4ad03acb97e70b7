import { instantOf, isoOf, isoOrNull } from '../../common/database/values.js';
import { toUserRef } from '../user/index.js';
import type { ApplicationRow } from './application.repository.js';
import type { BanRow } from './ban.repository.js';
import type { ApplicationDto } from './dto/application.dto.js';
import type { BanDto } from './dto/ban.dto.js';
import type { MyBanDto } from './dto/my-ban.dto.js';
import type { InviteDto } from './dto/invite.dto.js';
import type { MemberDto } from './dto/member.dto.js';
import type { Instant } from './group-context.js';
import type { Invite } from './invite.entity.js';
import { type MemberRow, streakOf } from './membership.repository.js';
import { type RuleVersion, todayOf } from './rules/rule.js';
import { currentStreak } from './rules/streak.js';

export function toMemberDto(row: MemberRow, rules: readonly RuleVersion[], now: Date): MemberDto {
  return {
    user: toUserRef(row),
    role: row.role,
    joinedAt: isoOf(row.joinedAt),
    streak: currentStreak(streakOf(row), rules, row.stretchFrom, todayOf(rules, now)),
    total: row.total,
    lastCheckInDay: row.lastDay,
    mutedUntil: mutedUntilOf(row, now),
  };
}

/** Null: he may write. */
export const mutedUntilOf = (row: { mutedUntil: Instant | null }, now: Date): string | null =>
  isMuted(row, now) ? isoOf(row.mutedUntil!) : null;

export const isMuted = ({ mutedUntil }: { mutedUntil: Instant | null }, now: Date): boolean =>
  mutedUntil !== null && instantOf(mutedUntil) > now;

export function toApplicationDto(row: ApplicationRow): ApplicationDto {
  return {
    id: row.id,
    groupId: row.groupId,
    groupName: row.groupName,
    user: toUserRef(row),
    reason: row.reason,
    state: row.state,
    message: row.message,
    decidedAt: isoOrNull(row.decidedAt),
    createdAt: isoOf(row.createdAt),
  };
}

export function toInviteDto(invite: Invite): InviteDto {
  return {
    id: invite.id,
    groupId: invite.groupId,
    createdBy: invite.createdBy,
    createdAt: isoOf(invite.createdAt),
    expiresAt: isoOf(invite.expiresAt),
    maxUses: invite.maxUses,
    uses: invite.uses,
    revokedAt: isoOrNull(invite.revokedAt),
  };
}

export function toMyBanDto({ reason, bannedUntil }: Pick<BanRow, 'reason' | 'bannedUntil'>): MyBanDto {
  return { reason, until: isoOrNull(bannedUntil) };
}

export function toBanDto(row: BanRow): BanDto {
  return { user: toUserRef(row), ...toMyBanDto(row), createdAt: isoOf(row.createdAt) };
}
