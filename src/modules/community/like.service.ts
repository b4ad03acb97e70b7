import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, type Page, toPage } from '../../common/api/pagination.js';
import type { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Actor } from '../../common/auth/actor.js';
import { ConcurrentWriteError, Database } from '../../common/database/database.js';
import { isoOf } from '../../common/database/values.js';
import { DomainEvents } from '../../common/events/domain-events.js';
import { LikeWithdrawn, Notice } from '../../common/events/notice.js';
import { Clock } from '../../common/time/clock.js';
import { toUserRef } from '../user/index.js';
import { ownLike } from './community.errors.js';
import type { LikeStateDto } from './dto/like-state.dto.js';
import type { LikerDto } from './dto/liker.dto.js';
import { LikeTargets } from './like-targets.js';
import type { LikeTarget } from './like.entity.js';
import { LikeRepository } from './like.repository.js';

@Injectable()
export class LikeService {
  constructor(
    private readonly db: Database,
    private readonly targets: LikeTargets,
    private readonly likes: LikeRepository,
    private readonly events: DomainEvents,
    private readonly clock: Clock,
  ) {}

  async setLike(actor: Actor, type: LikeTarget, id: number, liked: boolean): Promise<LikeStateDto> {
    return this.db.transaction(async () => {
      // What is liked is locked first: whoever else likes it meanwhile waits, and the count read here is the last one.
      const target = await this.targets.view(actor, type, id, { lock: true });
      if (liked && target.authorId === actor.id) throw ownLike();
      const changed = liked
        ? await this.likes.insert(type, id, actor.id, this.clock.now())
        : await this.likes.delete(type, id, actor.id);
      if (!changed) return { liked, likeCount: target.likeCount };
      const delta = liked ? 1 : -1;
      if (!(await target.addLikes(delta))) throw new ConcurrentWriteError();
      const ref = { type, id };
      const receivers = [{ type: 'like' as const, userIds: [target.authorId] }];
      await this.events.publish(
        liked
          ? new Notice({ actorId: actor.id, receivers, target: ref, ...target.notice() })
          : new LikeWithdrawn(actor.id, ref),
      );
      return { liked, likeCount: target.likeCount + delta };
    });
  }

  /** Who likes it, newest first. */
  async listLikes(actor: Actor, type: LikeTarget, id: number, query: PageQueryDto): Promise<Page<LikerDto>> {
    const before = query.cursor ? decodeCursor(query.cursor, ['number'])[0] : Number.MAX_SAFE_INTEGER;
    await this.targets.view(actor, type, id, { lock: false });
    const rows = await this.likes.list(type, id, query.limit + 1, before);
    const page = toPage(rows, query.limit, (row) => encodeCursor([row.id]));
    const items = page.items.map((row) => ({ user: toUserRef(row), likedAt: isoOf(row.createdAt) }));
    return { ...page, items };
  }
}
