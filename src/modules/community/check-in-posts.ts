import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConcurrentWriteError } from '../../common/database/database.js';
import { DomainEvents } from '../../common/events/domain-events.js';
import { excerptOf } from '../../common/markdown/render-markdown.js';
import { Clock } from '../../common/time/clock.js';
import { CheckInMade, CheckInWithdrawn, GroupCounters, TextWriter } from '../group/index.js';
import { PostWriter } from './post-writer.js';
import { PostRepository } from './post.repository.js';

const TITLE_LENGTH = 40;

/** In groups that want it a check-in with a note is a post as well, as long as the check-in stands. */
@Injectable()
export class CheckInPosts implements OnModuleInit {
  constructor(
    private readonly events: DomainEvents,
    private readonly posts: PostRepository,
    private readonly writer: PostWriter,
    private readonly texts: TextWriter,
    private readonly counters: GroupCounters,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.events.on(CheckInMade, (event) => this.make(event));
    this.events.on(CheckInWithdrawn, (event) => this.withdraw(event));
  }

  private async make({ checkIn }: CheckInMade): Promise<void> {
    const { id: checkInId, groupId, userId: authorId, note, images, checkedAt: createdAt } = checkIn;
    const text = await this.texts.write(note, groupId, images);
    const post = { groupId, authorId, checkInId, title: titleOf(note), createdAt };
    await this.writer.create({ ...post, ...text, images: images.length > 0 ? [...images] : null });
  }

  private async withdraw({ checkIn }: CheckInWithdrawn): Promise<void> {
    const post = await this.posts.findHeadOfCheckIn(checkIn.id);
    if (!post) return;
    // The check-in's id may come back, with a post of its own.
    await this.posts.unlinkCheckIn(post.id);
    if (post.state !== 'visible') return;
    const now = this.clock.now();
    const state = 'author_deleted' as const;
    await this.counters.addPosts(checkIn.groupId, -1);
    const removal = { state, removedAt: now, removedBy: checkIn.userId, removeReason: null };
    if (!(await this.posts.hide(post.id, removal, now))) throw new ConcurrentWriteError();
  }
}

/** The first line's beginning; as it was written where it is nothing but marks. */
function titleOf(note: string): string {
  const [line = ''] = note.split('\n');
  return excerptOf(line, TITLE_LENGTH) || [...line].slice(0, TITLE_LENGTH).join('');
}
