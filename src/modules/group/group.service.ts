import { Injectable } from '@nestjs/common';
import { badCursor, decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { hotScoreOf } from '../../common/content/hot-score.js';
import { Database } from '../../common/database/database.js';
import { definedOf } from '../../common/objects.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { currentRequest } from '../../common/request/request-context.js';
import { Clock } from '../../common/time/clock.js';
import { normaliseKey } from '../../common/validation/normalise-key.js';
import { MediaUrls, UploadService } from '../upload/index.js';
import { UserService } from '../user/index.js';
import { ApplicationRepository } from './application.repository.js';
import { BanRepository } from './ban.repository.js';
import { CheckInRepository } from './check-in.repository.js';
import { changeOf, firstRule, type RuleChange } from './check-in-rule.js';
import type { CreateGroupDto } from './dto/create-group.dto.js';
import type { GroupCategoryDto } from './dto/group-category.dto.js';
import type { GroupDetailDto } from './dto/group-detail.dto.js';
import type { GroupDto } from './dto/group.dto.js';
import type { ListGroupsQueryDto } from './dto/list-groups-query.dto.js';
import type { UpdateGroupDto } from './dto/update-group.dto.js';
import { GroupAccess } from './group-access.js';
import { type GroupContext, toRuleColumns } from './group-context.js';
import { capacityBelowMembers, categoryNotFound, privateJoinPolicy } from './group.errors.js';
import { GROUP_LIMITS } from './group.limits.js';
import { coverUrlOf, toGroupDetailDto, toGroupDto } from './group.mapper.js';
import type { JoinPolicy, Visibility } from './group.entity.js';
import { GroupRepository, type GroupSort } from './group.repository.js';
import { MembershipService } from './membership.service.js';
import { todayOf } from './rules/rule.js';
import { visibleGroups } from './visible-groups.js';

@Injectable()
export class GroupService {
  constructor(
    private readonly db: Database,
    private readonly groups: GroupRepository,
    private readonly access: GroupAccess,
    private readonly memberships: MembershipService,
    private readonly applications: ApplicationRepository,
    private readonly bans: BanRepository,
    private readonly checkIns: CheckInRepository,
    private readonly users: UserService,
    private readonly uploads: UploadService,
    private readonly urls: MediaUrls,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  async createGroup(actor: Actor, dto: CreateGroupDto): Promise<GroupDetailDto> {
    const visibility = dto.visibility ?? 'public';
    const joinPolicy = dto.joinPolicy ?? (visibility === 'private' ? 'invite' : 'open');
    assertPolicy(visibility, joinPolicy);
    const now = this.clock.now();
    const rule = firstRule(dto.rule, now);
    return this.db.transaction(async () => {
      await this.assertCategory(dto.categoryId);
      const id = await this.groups.insert({
        name: dto.name,
        nameKey: nameKeyOf(dto.name),
        description: dto.description ?? '',
        notice: dto.notice ?? '',
        categoryId: dto.categoryId,
        joinPolicy,
        visibility,
        checkInPosts: dto.checkInPosts ?? false,
        checkInComments: dto.checkInComments ?? true,
        reminderHour: dto.reminderHour ?? null,
        maxMembers: dto.maxMembers ?? GROUP_LIMITS.defaultMaxMembers,
        hotScore: hotScoreOf(new Date(rule.effectiveFrom), 0),
        ownerId: actor.id,
        createdAt: now,
        updatedAt: now,
      });
      await this.groups.insertRule(id, toRuleColumns(rule), now);
      if (dto.coverId) await this.changeCover(actor, id, dto.coverId);
      const context = (await this.groups.findContext(id, actor.id))!;
      await this.memberships.enter(context, actor.id, 'owner');
      return this.detail(actor, id);
    });
  }

  async getGroup(actor: Actor, groupId: number): Promise<GroupDetailDto> {
    const context = await this.access.view(actor, groupId);
    return this.toDetail(actor, context);
  }

  async updateGroup(actor: Actor, groupId: number, dto: UpdateGroupDto): Promise<GroupDetailDto> {
    const { name, description, notice, maxMembers, coverId, rule: ruleChanges, ...settings } = dto;
    const textsOnly = [maxMembers, coverId, ruleChanges, ...Object.values(settings)].every(
      (value) => value === undefined,
    );
    const now = this.clock.now();
    return this.db.transaction(async () => {
      // A rule builds on the latest one: a second change at the same moment must see the first.
      await this.groups.lock(groupId);
      const { group, rules } = await this.access.require(
        actor,
        groupId,
        textsOnly ? 'editTexts' : 'editSettings',
      );
      assertPolicy(settings.visibility ?? group.visibility, settings.joinPolicy ?? group.joinPolicy);
      if (settings.categoryId !== undefined) await this.assertCategory(settings.categoryId);
      await this.groups.update(groupId, {
        ...definedOf({ name, description, notice, ...settings }),
        ...(name !== undefined && { nameKey: nameKeyOf(name) }),
        updatedAt: now,
      });
      if (maxMembers !== undefined && !(await this.groups.changeCapacity(groupId, maxMembers))) {
        throw capacityBelowMembers(group.memberCount);
      }
      if (coverId !== undefined) await this.changeCover(actor, groupId, coverId);
      const change = ruleChanges && changeOf(rules, ruleChanges, now);
      if (change) await this.planRule(groupId, change, now);
      await this.log(actor, 'group.update', groupId, { fields: Object.keys(definedOf(dto)) });
      return this.detail(actor, groupId);
    });
  }

  private async changeCover(actor: Actor, groupId: number, uploadId: number | null): Promise<void> {
    const target = { type: 'cover', id: groupId, groupId } as const;
    const [cover] = await this.uploads.attach(actor, uploadId === null ? [] : [uploadId], target);
    await this.groups.update(groupId, { cover: cover?.name ?? null });
  }

  private async planRule(groupId: number, { effectiveFrom, version }: RuleChange, now: Date): Promise<void> {
    await this.groups.deleteRulesFrom(groupId, effectiveFrom);
    if (version) await this.groups.insertRule(groupId, toRuleColumns(version), now);
  }

  /** For good: the group is then as if it had never been, for everybody. */
  async dissolveGroup(actor: Actor, groupId: number): Promise<void> {
    await this.db.transaction(async () => {
      const { group } = await this.access.require(actor, groupId, 'dissolve');
      await this.groups.update(groupId, { dissolvedAt: this.clock.now() });
      await this.log(actor, 'group.dissolve', groupId, { name: group.name });
    });
  }

  async listGroups(actor: Actor, query: ListGroupsQueryDto): Promise<Page<GroupDto>> {
    const sort = query.sort ?? 'new';
    const contexts = await this.groups.listPublic(actor.id, {
      sort,
      categoryId: query.categoryId,
      nameKey: query.q === undefined ? undefined : nameKeyOf(query.q),
      after: query.cursor ? afterOf(query.cursor, sort) : undefined,
      limit: query.limit + 1,
    });
    return this.toGroupPage(actor, contexts, query.limit, ({ group }) =>
      encodeCursor([sort, sortValue(sort, group), group.id]),
    );
  }

  async listMyGroups(actor: Actor, query: PageQueryDto): Promise<Page<GroupDto>> {
    const [after] = query.cursor ? decodeCursor(query.cursor, ['number']) : [];
    const contexts = await this.groups.listOfMember(actor.id, query.limit + 1, after);
    return this.toGroupPage(actor, contexts, query.limit, ({ membership }) => encodeCursor([membership!.id]));
  }

  /** Those that the actor may see too. */
  async listUserGroups(actor: Actor, userId: number, query: PageQueryDto): Promise<Page<GroupDto>> {
    const [before] = query.cursor ? decodeCursor(query.cursor, ['number']) : [Number.MAX_SAFE_INTEGER];
    await this.users.getUser(userId);
    const visible = visibleGroups(actor, 'v');
    const contexts = await this.groups.listOfUser(userId, actor.id, visible, query.limit + 1, before);
    return this.toGroupPage(actor, contexts, query.limit, ({ listedId }) => encodeCursor([listedId]));
  }

  async listGroupCategories(): Promise<GroupCategoryDto[]> {
    const language = currentRequest()?.language ?? 'en';
    const categories = await this.groups.listCategories();
    return categories.map(({ id, slug, nameEn, nameZh }) => ({
      id,
      slug,
      name: language === 'zh' ? nameZh : nameEn,
    }));
  }

  private toGroupPage<C extends GroupContext>(
    actor: Actor,
    contexts: C[],
    limit: number,
    cursorOf: (row: C) => string,
  ): Page<GroupDto> {
    const now = this.clock.now();
    const page = toPage(contexts, limit, cursorOf);
    return {
      ...page,
      items: page.items.map((context) =>
        toGroupDto(context, now, coverUrlOf(this.urls, actor, context.group)),
      ),
    };
  }

  private async detail(actor: Actor, groupId: number): Promise<GroupDetailDto> {
    return this.toDetail(actor, (await this.groups.findContext(groupId, actor.id))!);
  }

  private async toDetail(actor: Actor, context: GroupContext): Promise<GroupDetailDto> {
    const { group } = context;
    const now = this.clock.now();
    const mine = await (context.membership?.active
      ? this.insideOf(context, actor, now)
      : this.outsideOf(group.id, actor, now));
    return toGroupDetailDto(context, now, coverUrlOf(this.urls, actor, group), mine);
  }

  private async insideOf({ group, membership, rules }: GroupContext, actor: Actor, now: Date) {
    // Who has not checked in today costs no statement.
    if (membership!.lastDay !== todayOf(rules, now)) return {};
    return { lastCheckIn: (await this.checkIns.listLastIds(actor.id, [group.id])).get(group.id) };
  }

  private async outsideOf(groupId: number, actor: Actor, now: Date) {
    const [applicationId, ban] = await Promise.all([
      this.applications.findPending(groupId, actor.id),
      this.bans.find(groupId, actor.id, now),
    ]);
    return { applicationId, ban };
  }

  private async assertCategory(id: number): Promise<void> {
    if (!(await this.groups.categoryExists(id))) throw categoryNotFound();
  }

  private log(actor: Actor, action: string, groupId: number, detail: object): Promise<void> {
    return this.businessLog.record({ actor, action, objectType: 'group', objectId: groupId, detail });
  }
}

const nameKeyOf = (name: string) => normaliseKey(name, GROUP_LIMITS.nameKey);

/** A private group is not found by strangers, so they can neither walk in nor apply. */
function assertPolicy(visibility: Visibility, joinPolicy: JoinPolicy): void {
  if (visibility === 'private' && (joinPolicy === 'open' || joinPolicy === 'approval'))
    throw privateJoinPolicy();
}

const sortValue = (sort: GroupSort, { id, hotScore, memberCount }: GroupContext['group']): number =>
  ({ new: id, hot: hotScore, members: memberCount })[sort];

function afterOf(cursor: string, sort: GroupSort): { value: number; id: number } {
  const [cursorSort, value, id] = decodeCursor(cursor, ['string', 'number', 'number']);
  if (cursorSort !== sort) throw badCursor();
  return { value, id };
}
