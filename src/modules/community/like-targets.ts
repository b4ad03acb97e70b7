import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { hotBaseOf } from '../../common/content/hot-score.js';
import { instantOf } from '../../common/database/values.js';
import type { Notice } from '../../common/events/notice.js';
import { excerptOf } from '../../common/markdown/render-markdown.js';
import { CheckInTargets } from '../group/index.js';
import { CommentPlaces } from './comment-places.js';
import { CommentRepository } from './comment.repository.js';
import { commentNotFound } from './community.errors.js';
import type { LikeTarget } from './like.entity.js';
import { PostAccess } from './post-access.js';
import { PostRepository } from './post.repository.js';

/** Something that can be liked, and that the actor may see. */
export interface Likable {
  authorId: number;
  likeCount: number;
  /** What its author is told. */
  notice(): Pick<Notice, 'place' | 'groupId' | 'title' | 'excerpt'>;
  /** False when it is not visible any more. */
  addLikes(delta: number): Promise<boolean>;
}

interface Options {
  /** Nobody else changes it until the transaction is over. */
  lock: boolean;
}

@Injectable()
export class LikeTargets {
  constructor(
    private readonly postAccess: PostAccess,
    private readonly posts: PostRepository,
    private readonly places: CommentPlaces,
    private readonly comments: CommentRepository,
    private readonly checkIns: CheckInTargets,
  ) {}

  /** @throws POST_NOT_FOUND, COMMENT_NOT_FOUND, CHECK_IN_NOT_FOUND */
  view(actor: Actor, type: LikeTarget, id: number, options: Options): Promise<Likable> {
    if (type === 'post') return this.viewPost(actor, id, options);
    return type === 'comment' ? this.viewComment(actor, id, options) : this.viewCheckIn(actor, id, options);
  }

  private async viewPost(actor: Actor, id: number, options: Options): Promise<Likable> {
    const { post } = await this.postAccess.viewHead(actor, id, options);
    const { authorId, likeCount, groupId, title, excerpt, createdAt } = post;
    return {
      authorId,
      likeCount,
      notice: () => ({ place: { type: 'post', id }, groupId, title, excerpt }),
      addLikes: (delta) => this.posts.addLikes(id, delta, hotBaseOf(instantOf(createdAt))),
    };
  }

  private async viewComment(actor: Actor, id: number, options: Options): Promise<Likable> {
    const { comment, place } = await this.places.viewOf(actor, id, options);
    const { authorId, likeCount, groupId, body } = comment;
    if (comment.state !== 'visible') throw commentNotFound();
    return {
      authorId,
      likeCount,
      notice: () => ({
        place: { type: place.type, id: place.id },
        groupId,
        title: place.title,
        excerpt: excerptOf(body),
      }),
      addLikes: (delta) => this.comments.addLikes(id, delta),
    };
  }

  private async viewCheckIn(actor: Actor, id: number, options: Options): Promise<Likable> {
    const { userId, likeCount, groupId, note } = await this.checkIns.view(actor, id, options);
    return {
      authorId: userId,
      likeCount,
      notice: () => ({ place: { type: 'checkIn', id }, groupId, title: note, excerpt: '' }),
      addLikes: (delta) => this.checkIns.addLikes(id, delta),
    };
  }
}
