import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { GroupAccess, type GroupContext, mayDo } from '../group/index.js';
import { postLocked, postNotFound } from './community.errors.js';
import { type PostDetailRow, type PostHead, PostRepository } from './post.repository.js';

/** Posts as far as an actor may know of them: visible ones of groups that he may see. */
@Injectable()
export class PostAccess {
  constructor(
    private readonly posts: PostRepository,
    private readonly groups: GroupAccess,
  ) {}

  /** @throws POST_NOT_FOUND */
  async view(actor: Actor, id: number): Promise<{ post: PostDetailRow; context: GroupContext }> {
    return this.visible(actor, await this.posts.find(id, actor.id));
  }

  /** @throws POST_NOT_FOUND */
  async viewHead(actor: Actor, id: number, { lock = false } = {}) {
    return this.visible(actor, await this.posts.findHead(id, { lock }));
  }

  /** In whatever state. @throws POST_NOT_FOUND */
  async findHead(actor: Actor, id: number): Promise<{ post: PostHead; context: GroupContext }> {
    const post = await this.posts.findHead(id);
    const context = post && (await this.groups.find(actor, post.groupId));
    if (!context) throw postNotFound();
    return { post, context };
  }

  private async visible<P extends PostHead | PostDetailRow>(actor: Actor, post: P | undefined) {
    const context = post?.state === 'visible' ? await this.groups.find(actor, post.groupId) : undefined;
    if (!context) throw postNotFound();
    return { post: post!, context };
  }
}

/** @throws POST_LOCKED for all but those who run the group */
export function assertUnlocked(actor: Actor, { locked }: { locked: boolean }, context: GroupContext): void {
  if (locked && !mayDo(actor, context, 'moderateContent')) throw postLocked();
}
