import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { hotBaseOf } from '../../common/content/hot-score.js';
import { instantOf } from '../../common/database/values.js';
import { AppError } from '../../common/errors/app-error.js';
import { CheckInTargets, GroupAccess, type GroupContext } from '../group/index.js';
import type { CommentTarget } from './comment.entity.js';
import { commentNotFound, commentsOff } from './community.errors.js';
import { type CommentHead, CommentRepository } from './comment.repository.js';
import { assertUnlocked, PostAccess } from './post-access.js';
import { PostRepository } from './post.repository.js';

/** What is commented on: a post or a check-in that the actor may see. */
export interface CommentPlace {
  type: CommentTarget;
  id: number;
  groupId: number;
  authorId: number;
  /** What messages call it. */
  title: string;
  locked: boolean;
  /** Of a post's score; 0 for a check-in. */
  hotBase: number;
  context: GroupContext;
}

@Injectable()
export class CommentPlaces {
  constructor(
    private readonly groups: GroupAccess,
    private readonly postAccess: PostAccess,
    private readonly posts: PostRepository,
    private readonly checkIns: CheckInTargets,
    private readonly comments: CommentRepository,
  ) {}

  /** @throws POST_NOT_FOUND, CHECK_IN_NOT_FOUND */
  async view(actor: Actor, type: CommentTarget, id: number): Promise<CommentPlace> {
    if (type === 'checkIn') {
      const { userId: authorId, groupId, note: title, context } = await this.checkIns.view(actor, id);
      return { type, id, groupId, authorId, title, locked: false, hotBase: 0, context };
    }
    const { post, context } = await this.postAccess.viewHead(actor, id);
    const { groupId, authorId, title } = post;
    const hotBase = hotBaseOf(instantOf(post.createdAt));
    return { type, id, groupId, authorId, title, locked: Boolean(post.locked), hotBase, context };
  }

  /**
   * A comment in whatever state, with its place.
   * @param lock nobody else changes the comment until the transaction is over
   * @throws COMMENT_NOT_FOUND, also when its place cannot be seen
   */
  async viewOf(
    actor: Actor,
    commentId: number,
    options: { lock?: boolean } = {},
  ): Promise<{ comment: CommentHead; place: CommentPlace }> {
    const comment = await this.comments.findHead(commentId, options);
    if (!comment) throw commentNotFound();
    const place = await this.view(actor, comment.targetType, comment.targetId).catch((error: unknown) => {
      throw isNotFound(error) ? commentNotFound() : error;
    });
    return { comment, place };
  }

  /** For writing there. @throws NOT_MEMBER, MUTED, POST_LOCKED, COMMENTS_OFF */
  assertOpen(actor: Actor, place: CommentPlace): void {
    const { group } = this.groups.writerOf(place.context);
    assertUnlocked(actor, place, place.context);
    if (place.type === 'checkIn' && !group.checkInComments) throw commentsOff();
  }

  /** False when it is not visible any more. Do it before the comment is touched. */
  addComments({ type, id, hotBase }: CommentPlace, delta: number): Promise<boolean> {
    return type === 'post'
      ? this.posts.addComments(id, delta, hotBase)
      : this.checkIns.addComments(id, delta);
  }
}

const isNotFound = (error: unknown) => error instanceof AppError && error.status === 404;
