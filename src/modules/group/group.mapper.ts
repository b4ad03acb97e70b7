import { isoOf } from '../../common/database/values.js';
import type { CheckInRuleDto } from './dto/check-in-rule.dto.js';
import type { GroupDto } from './dto/group.dto.js';
import type { GroupDetailDto } from './dto/group-detail.dto.js';
import { type GroupContext, toRuleColumns } from './group-context.js';
import { dayEndsAt, ruleOf, type RuleVersion, todayOf } from './rules/rule.js';

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

export function toGroupDetailDto(
  context: GroupContext,
  now: Date,
  coverUrl: string | null,
  applicationPending: boolean,
): GroupDetailDto {
  const today = todayOf(context.rules, now);
  return {
    ...toGroupDto(context, now, coverUrl),
    applicationPending,
    today,
    dayEndsAt: dayEndsAt(context.rules, today).toISOString(),
  };
}
