import { Injectable } from '@nestjs/common';
import { newlyNamed, type WrittenText } from '../../common/content/content-text.js';
import { hotBaseOf } from '../../common/content/hot-score.js';
import { DomainEvents } from '../../common/events/domain-events.js';
import { Notice } from '../../common/events/notice.js';
import { GroupCounters } from '../group/index.js';
import { type NewPost, PostRepository } from './post.repository.js';

/** What belongs to the making of a post, wherever it comes from. In the caller's transaction. */
@Injectable()
export class PostWriter {
  constructor(
    private readonly posts: PostRepository,
    private readonly counters: GroupCounters,
    private readonly events: DomainEvents,
  ) {}

  async create(
    post: Pick<NewPost, 'groupId' | 'authorId' | 'checkInId' | 'title' | 'images' | 'createdAt'> &
      WrittenText,
  ): Promise<number> {
    await this.counters.addPosts(post.groupId, 1);
    const id = await this.posts.insert({ ...post, hotScore: hotBaseOf(post.createdAt) });
    await this.tellNamed({ ...post, id }, newlyNamed(post.mentions));
    return id;
  }

  async tellNamed(
    post: { id: number; groupId: number; authorId: number; title: string; excerpt: string },
    userIds: number[],
  ): Promise<void> {
    if (userIds.length === 0) return;
    const ref = { type: 'post' as const, id: post.id };
    const { authorId: actorId, groupId, title, excerpt } = post;
    const receivers = [{ type: 'mention' as const, userIds }];
    await this.events.publish(
      new Notice({ actorId, receivers, target: ref, place: ref, groupId, title, excerpt }),
    );
  }
}
