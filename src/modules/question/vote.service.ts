import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { Database } from '../../common/database/database.js';
import { Clock } from '../../common/time/clock.js';
import { AnswerRepository } from './answer.repository.js';
import type { VoteDto } from './dto/vote.dto.js';
import { QuestionAccess } from './question-access.js';
import { QuestionNotices } from './question-notices.js';
import { answerNotFound, ownVote, questionNotFound } from './question.errors.js';
import { QuestionRepository } from './question.repository.js';
import { VoteRepository, type VoteValue } from './vote.repository.js';

/** Votes are absolute: the same one sent twice counts once. Everybody who may read may vote, but not on his own. */
@Injectable()
export class VoteService {
  constructor(
    private readonly db: Database,
    private readonly questions: QuestionRepository,
    private readonly answers: AnswerRepository,
    private readonly votes: VoteRepository,
    private readonly access: QuestionAccess,
    private readonly notices: QuestionNotices,
    private readonly clock: Clock,
  ) {}

  async voteOnQuestion(actor: Actor, id: number, value: VoteValue): Promise<VoteDto> {
    return this.db.transaction(async () => {
      const question = await this.access.question(actor, id);
      if (question.userId === actor.id) throw ownVote();
      const locked = await this.questions.lock(id);
      if (!locked) throw questionNotFound();
      const before = await this.replace('question', id, actor, value);
      if (before !== value) {
        await this.questions.count(question, { votes: value - before });
        await this.notices.voted(actor, { ...question, type: 'question', question }, [before, value]);
      }
      return { value, voteScore: locked.voteScore + value - before };
    });
  }

  async voteOnAnswer(actor: Actor, id: number, value: VoteValue): Promise<VoteDto> {
    return this.db.transaction(async () => {
      const answer = await this.access.answer(actor, id);
      if (answer.userId === actor.id) throw ownVote();
      const locked = await this.answers.lock(id);
      if (!locked) throw answerNotFound();
      const before = await this.replace('answer', id, actor, value);
      if (before !== value) {
        const question = { id: answer.questionId, groupId: answer.groupId, title: answer.questionTitle };
        await this.answers.addVotes(id, value - before);
        await this.notices.voted(actor, { ...answer, type: 'answer', question }, [before, value]);
      }
      return { value, voteScore: locked.voteScore + value - before };
    });
  }

  /** @returns the vote before */
  private async replace(
    type: 'question' | 'answer',
    id: number,
    actor: Actor,
    value: VoteValue,
  ): Promise<VoteValue> {
    const before = await this.votes.find(type, id, actor.id);
    if (before !== value) await this.votes.replace(type, id, actor.id, [before, value], this.clock.now());
    return before;
  }
}
