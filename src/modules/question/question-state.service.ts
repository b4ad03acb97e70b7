import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { RESTORED } from '../../common/content/removal.js';
import { ConcurrentWriteError, Database } from '../../common/database/database.js';
import { BusinessLog } from '../../common/logging/business-log.js';
import { Clock } from '../../common/time/clock.js';
import { MediaUrls } from '../upload/index.js';
import type { QuestionDetailDto } from './dto/question-detail.dto.js';
import { QuestionAccess } from './question-access.js';
import { noPermission, questionNotFound, removedByModerator } from './question.errors.js';
import { toQuestionDetailDto } from './question.mapper.js';
import { type QuestionRow, QuestionRepository } from './question.repository.js';

/** Taking questions away and bringing them back, closing and reopening them. */
@Injectable()
export class QuestionStateService {
  constructor(
    private readonly db: Database,
    private readonly questions: QuestionRepository,
    private readonly access: QuestionAccess,
    private readonly media: MediaUrls,
    private readonly businessLog: BusinessLog,
    private readonly clock: Clock,
  ) {}

  /** By its asker or a moderator; hides all that is below it. The second time nothing happens. */
  async deleteQuestion(actor: Actor, id: number, reason?: string): Promise<void> {
    await this.db.transaction(async () => {
      const question = await this.access.anyQuestion(actor, id);
      const act = { at: this.clock.now(), reason, notFound: questionNotFound };
      const removal = await this.access.removalOf(actor, question, act);
      if (!removal) return;
      if (!(await this.questions.changeState(id, 'visible', removal))) throw new ConcurrentWriteError();
      if (removal.state === 'removed') await this.log(actor, 'question.remove', question, { reason });
    });
  }

  /** What its asker has deleted, by himself or a moderator; what a moderator has removed, by a moderator. */
  async restoreQuestion(actor: Actor, id: number): Promise<QuestionDetailDto> {
    return this.db.transaction(async () => {
      const question = await this.access.anyQuestion(actor, id);
      if (question.state !== 'visible') {
        const moderator = await this.access.mayModerate(actor, question.groupId);
        if (!moderator) await this.assertOwnRestore(actor, question);
        if (!(await this.questions.changeState(id, question.state, RESTORED)))
          throw new ConcurrentWriteError();
        if (question.userId !== actor.id) await this.log(actor, 'question.restore', question);
      }
      return this.detail(actor, id);
    });
  }

  private async assertOwnRestore(actor: Actor, question: QuestionRow): Promise<void> {
    if (question.userId !== actor.id) throw questionNotFound();
    if (question.state !== 'author_deleted') throw removedByModerator();
    await this.access.assertWriter(actor, question.groupId);
  }

  /** Closed already: for this reason from now on. */
  async closeQuestion(actor: Actor, id: number, reason: string): Promise<QuestionDetailDto> {
    return this.db.transaction(async () => {
      const question = await this.access.question(actor, id);
      await this.assertMayClose(actor, question);
      const changes = { closedBy: actor.id, closeReason: reason };
      const closedAt = question.closedAt === null ? { closedAt: this.clock.now() } : {};
      if (!(await this.questions.changeState(id, 'visible', { ...changes, ...closedAt })))
        throw questionNotFound();
      if (question.userId !== actor.id) await this.log(actor, 'question.close', question, { reason });
      return this.detail(actor, id);
    });
  }

  async reopenQuestion(actor: Actor, id: number, reason: string | null = null): Promise<QuestionDetailDto> {
    return this.db.transaction(async () => {
      const question = await this.access.question(actor, id);
      await this.assertMayClose(actor, question);
      if (question.closedAt !== null) {
        const { closeReason } = question;
        await this.questions.changeState(id, 'visible', {
          closedAt: null,
          closedBy: null,
          closeReason: null,
        });
        if (question.userId !== actor.id)
          await this.log(actor, 'question.reopen', question, { reason, closeReason });
      }
      return this.detail(actor, id);
    });
  }

  /** Moderators; the asker, as long as no moderator has closed it. */
  private async assertMayClose(actor: Actor, question: QuestionRow): Promise<void> {
    if (await this.access.mayModerate(actor, question.groupId)) return;
    if ((question.closedBy ?? actor.id) !== actor.id) throw noPermission();
    await this.access.assertAuthor(actor, question);
  }

  private async detail(actor: Actor, id: number): Promise<QuestionDetailDto> {
    return toQuestionDetailDto(await this.access.question(actor, id), this.media, actor);
  }

  private log(actor: Actor, action: string, question: QuestionRow, detail: object = {}): Promise<void> {
    const { id, groupId, userId } = question;
    const facts = { groupId, authorId: userId, ...detail };
    return this.businessLog.record({ actor, action, objectType: 'question', objectId: id, detail: facts });
  }
}
