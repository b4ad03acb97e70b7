import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { Database } from '../../common/database/database.js';
import { AnswerRepository } from './answer.repository.js';
import type { AcceptedAnswerDto } from './dto/accepted-answer.dto.js';
import { QuestionAccess } from './question-access.js';
import { QuestionNotices } from './question-notices.js';
import { answerNotFound, noPermission, questionNotFound } from './question.errors.js';
import { QuestionRepository } from './question.repository.js';

/** Which answer the asker has accepted: none or one, as the question and the answers say alike. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly db: Database,
    private readonly questions: QuestionRepository,
    private readonly answers: AnswerRepository,
    private readonly access: QuestionAccess,
    private readonly notices: QuestionNotices,
  ) {}

  /** Instead of the one that was accepted before. */
  async acceptAnswer(actor: Actor, questionId: number, answerId: number): Promise<AcceptedAnswerDto> {
    return this.change(actor, questionId, answerId);
  }

  async withdrawAcceptance(actor: Actor, questionId: number): Promise<AcceptedAnswerDto> {
    return this.change(actor, questionId, null);
  }

  private async change(
    actor: Actor,
    questionId: number,
    answerId: number | null,
  ): Promise<AcceptedAnswerDto> {
    return this.db.transaction(async () => {
      const { userId } = await this.access.question(actor, questionId);
      if (userId !== actor.id) throw noPermission();
      const question = await this.questions.lock(questionId);
      if (!question) throw questionNotFound();
      if (question.acceptedAnswerId !== answerId) {
        if (!(await this.answers.accept(questionId, answerId))) throw answerNotFound();
        await this.questions.update(questionId, { acceptedAnswerId: answerId });
        if (answerId !== null) await this.notices.accepted(actor, await this.access.answer(actor, answerId));
      }
      return { acceptedAnswerId: answerId };
    });
  }
}
