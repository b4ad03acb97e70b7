import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { Database } from '../../common/database/database.js';
import { Clock } from '../../common/time/clock.js';
import type { FollowDto } from './dto/follow.dto.js';
import { QuestionAccess } from './question-access.js';
import { QuestionFollowRepository } from './question-follow.repository.js';
import { questionNotFound } from './question.errors.js';
import { QuestionRepository } from './question.repository.js';

/** Who follows a question is told of its answers. */
@Injectable()
export class QuestionFollowService {
  constructor(
    private readonly db: Database,
    private readonly questions: QuestionRepository,
    private readonly follows: QuestionFollowRepository,
    private readonly access: QuestionAccess,
    private readonly clock: Clock,
  ) {}

  async followQuestion(actor: Actor, id: number): Promise<FollowDto> {
    return this.change(actor, id, 1, () => this.follows.insert(id, actor.id, this.clock.now()));
  }

  async unfollowQuestion(actor: Actor, id: number): Promise<FollowDto> {
    return this.change(actor, id, -1, () => this.follows.delete(id, actor.id));
  }

  private async change(
    actor: Actor,
    id: number,
    followers: 1 | -1,
    write: () => Promise<boolean>,
  ): Promise<FollowDto> {
    return this.db.transaction(async () => {
      const question = await this.access.question(actor, id);
      const locked = await this.questions.lock(id);
      if (!locked) throw questionNotFound();
      const changed = await write();
      if (changed) await this.questions.count(question, { followers });
      return { following: followers === 1, followerCount: locked.followerCount + (changed ? followers : 0) };
    });
  }
}
