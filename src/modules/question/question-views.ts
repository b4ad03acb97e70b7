import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Cache } from '../../common/cache/cache.js';
import { Database } from '../../common/database/database.js';
import { QuestionRepository } from './question.repository.js';

const FLUSH_MS = 10_000;
/** For so long a person's further looks at a question do not count. */
const AGAIN_SECONDS = 3_600;
/** Questions of one transaction, which keeps them locked. */
const BATCH = 50;

/** Counts who looks at questions without a write for each look: they wait here and are added up every few seconds. */
@Injectable()
export class QuestionViews implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(QuestionViews.name);
  private waiting = new Map<number, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    private readonly cache: Cache,
    private readonly questions: QuestionRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  /** The database closes after this. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Returns at once; a look that the cache cannot judge is not counted. */
  note(questionId: number, userId: number): void {
    this.cache.add(`question-view:${questionId}:${userId}`, '1', AGAIN_SECONDS).then(
      (first) => first && this.add(questionId, 1),
      () => undefined,
    );
  }

  /** Writes what is waiting; what cannot be written waits for the next time. */
  async flush(): Promise<void> {
    const views = [...this.waiting].sort(([a], [b]) => a - b);
    this.waiting = new Map();
    while (views.length > 0) {
      const batch = views.splice(0, BATCH);
      try {
        await this.db.transaction(async () => {
          for (const [id, count] of batch) await this.questions.addViews(id, count);
        });
      } catch (error) {
        this.logger.warn(
          `Views could not be counted yet: ${error instanceof Error ? error.message : 'unknown'}`,
        );
        for (const [id, count] of [...batch, ...views]) this.add(id, count);
        return;
      }
    }
  }

  private add(questionId: number, views: number): void {
    this.waiting.set(questionId, (this.waiting.get(questionId) ?? 0) + views);
  }
}
