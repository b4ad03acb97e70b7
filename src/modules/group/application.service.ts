import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { Database } from '../../common/database/database.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { Clock } from '../../common/time/clock.js';
import { type ApplicationRow, ApplicationRepository } from './application.repository.js';
import type { ApplicationDto } from './dto/application.dto.js';
import type { DecideApplicationDto } from './dto/decide-application.dto.js';
import type { ListApplicationsQueryDto } from './dto/list-applications-query.dto.js';
import type { ListMyApplicationsQueryDto } from './dto/list-my-applications-query.dto.js';
import { GroupAccess } from './group-access.js';
import { GroupNotices } from './group-notices.js';
import { applicationDecided, applicationNotFound } from './group.errors.js';
import { GroupRepository } from './group.repository.js';
import { toApplicationDto } from './member.mapper.js';
import { MembershipService } from './membership.service.js';

@Injectable()
export class ApplicationService {
  constructor(
    private readonly db: Database,
    private readonly access: GroupAccess,
    private readonly groups: GroupRepository,
    private readonly applications: ApplicationRepository,
    private readonly membership: MembershipService,
    private readonly notices: GroupNotices,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  async listApplications(
    actor: Actor,
    groupId: number,
    query: ListApplicationsQueryDto,
  ): Promise<Page<ApplicationDto>> {
    const beforeId = beforeOf(query);
    await this.access.require(actor, groupId, 'decideApplications');
    const rows = await this.applications.listOfGroup(
      groupId,
      query.state ?? 'pending',
      query.limit + 1,
      beforeId,
    );
    return toDtoPage(rows, query.limit);
  }

  /** Those that wait: in the groups the actor owns or helps to run, or his own. */
  async listMyApplications(actor: Actor, query: ListMyApplicationsQueryDto): Promise<Page<ApplicationDto>> {
    const beforeId = beforeOf(query);
    const rows =
      query.role === 'applicant'
        ? await this.applications.listOfApplicant(actor.id, query.limit + 1, beforeId)
        : await this.applications.listForRunner(actor.id, query.limit + 1, beforeId);
    return toDtoPage(rows, query.limit);
  }

  async decideApplication(
    actor: Actor,
    groupId: number,
    id: number,
    dto: DecideApplicationDto,
  ): Promise<ApplicationDto> {
    return this.db.transaction(async () => {
      const { group } = await this.access.require(actor, groupId, 'decideApplications');
      const application = await this.applications.find(groupId, id);
      if (!application) throw applicationNotFound();
      const state = dto.decision === 'approve' ? 'approved' : 'refused';
      const decision = { message: dto.message ?? null, decidedBy: actor.id, decidedAt: this.clock.now() };
      if (!(await this.applications.decide(id, state, decision))) throw applicationDecided();
      if (state === 'approved') {
        await this.membership.enter((await this.groups.findContext(groupId, actor.id))!, application.userId);
      }
      await this.businessLog.record({
        actor,
        action: `group.application.${dto.decision}`,
        objectType: 'group',
        objectId: groupId,
        detail: { applicationId: id, userId: application.userId },
      });
      await this.notices.decided(actor, group, application, { state, message: decision.message });
      return toApplicationDto((await this.applications.find(groupId, id))!);
    });
  }

  /** By the applicant, while it waits; also where the group has become private meanwhile. */
  async withdrawApplication(actor: Actor, groupId: number, id: number): Promise<void> {
    await this.db.transaction(async () => {
      const application = await this.applications.find(groupId, id);
      if (application?.userId !== actor.id) throw applicationNotFound();
      const decided = await this.applications.decide(id, 'withdrawn', { decidedAt: this.clock.now() });
      if (!decided && application.state !== 'withdrawn') throw applicationDecided();
    });
  }
}

function beforeOf(query: PageQueryDto): number | undefined {
  return query.cursor ? decodeCursor(query.cursor, ['number'])[0] : undefined;
}

function toDtoPage(rows: ApplicationRow[], limit: number): Page<ApplicationDto> {
  const page = toPage(rows, limit, (row) => encodeCursor([row.id]));
  return { ...page, items: page.items.map(toApplicationDto) };
}
