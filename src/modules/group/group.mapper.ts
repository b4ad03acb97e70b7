import type { Actor } from '../../common/auth/actor.js';
import { isoOf } from '../../common/database/values.js';
import type { MediaUrls } from '../upload/index.js';
import type { BanRow } from './ban.repository.js';
import type { LastCheckIn } from './check-in.repository.js';
import type { CheckInRuleDto } from './dto/check-in-rule.dto.js';
import type { GroupDto } from './dto/group.dto.js';
import type { GroupDetailDto } from './dto/group-detail.dto.js';
import type { MyTodayDto } from './dto/my-today.dto.js';
import { type GroupContext, type GroupRow, toRuleColumns } from './group-context.js';
import { mutedUntilOf, toMyBanDto } from './member.mapper.js';
import { streakOf } from './membership.repository.js';
import { dayEndsAt, ruleOf, type RuleVersion, todayOf } from './rules/rule.js';
import { stateToday } from './rules/state-today.js';
import { currentStreak } from './rules/streak.js';

export function toCheckInRuleDto(rule: RuleVersion): CheckInRuleDto {
  const { weekdays, timesPerWeek, ...columns } = toRuleColumns(rule);
  return { ...columns, weekdays: [...weekdays].map(Number), timesPerWeek: timesPerWeek || null };
}

export function toGroupDto(
  { group, rules, membership }: GroupContext,
  now: Date,
  coverUrl: string | null,
): GroupDto {
  const today = todayOf(rules, now);
  const next = rules.find((rule) => rule.effectiveFrom > today);
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    notice: group.notice,
    coverUrl,
    categoryId: group.categoryId,
    joinPolicy: group.joinPolicy,
    visibility: group.visibility,
    maxMembers: group.maxMembers,
    memberCount: group.memberCount,
    postCount: group.postCount,
    checkInPosts: Boolean(group.checkInPosts),
    checkInComments: Boolean(group.checkInComments),
    reminderHour: group.reminderHour,
    ownerId: group.ownerId,
    createdAt: isoOf(group.createdAt),
    rule: toCheckInRuleDto(ruleOf(rules, today)),
    nextRule: next ? toCheckInRuleDto(next) : null,
    myRole: membership?.active ? membership.role : null,
  };
}

/** As the actor sees it. */
export const coverUrlOf = (urls: MediaUrls, actor: Actor, { cover, visibility }: GroupRow): string | null =>
  cover && urls.urlOf(cover, 1280, actor, visibility === 'private');

/** Null for one who is not a member. */
export function toMyTodayDto(
  { rules, membership }: GroupContext,
  last: LastCheckIn | undefined,
  now: Date,
): MyTodayDto | null {
  if (!membership?.active) return null;
  const today = todayOf(rules, now);
  const cache = streakOf(membership);
  return {
    state: stateToday(cache, rules, membership.stretchFrom, today),
    checkInId: last?.day === today ? last.id : null,
    streak: currentStreak(cache, rules, membership.stretchFrom, today),
  };
}

/** What is the actor's own in a group, as far as there is any. */
interface Mine {
  applicationId?: number;
  ban?: Pick<BanRow, 'reason' | 'bannedUntil'>;
  lastCheckIn?: LastCheckIn;
}

export function toGroupDetailDto(
  context: GroupContext,
  now: Date,
  coverUrl: string | null,
  mine: Mine,
): GroupDetailDto {
  const today = todayOf(context.rules, now);
  return {
    ...toGroupDto(context, now, coverUrl),
    applicationPending: mine.applicationId !== undefined,
    myApplicationId: mine.applicationId ?? null,
    myBan: mine.ban ? toMyBanDto(mine.ban) : null,
    myMutedUntil: context.membership?.active ? mutedUntilOf(context.membership, now) : null,
    myToday: toMyTodayDto(context, mine.lastCheckIn, now),
    today,
    dayEndsAt: dayEndsAt(context.rules, today).toISOString(),
  };
}
