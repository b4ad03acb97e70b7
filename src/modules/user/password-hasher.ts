import { Injectable } from '@nestjs/common';
import { Algorithm, hash, verify } from '@node-rs/argon2';
import { WorkQueue } from '../../common/concurrency/work-queue.js';

/** OWASP's second argon2id setting: 19 MiB, 2 passes, 1 lane. */
const OPTIONS = {
  algorithm: 2 satisfies Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** Hash of no one's password: verifying against it costs an unknown phone what a known one costs. */
const DECOY =
  '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Two at a time: argon2 runs on libuv's four threads, where file and DNS work runs too. */
@Injectable()
export class PasswordHasher {
  private readonly queue = new WorkQueue(2, 200);

  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(password, OPTIONS));
  }

  /** `stored` undefined (no such account) takes as long as a wrong password and is never right. */
  async matches(stored: string | undefined, password: string): Promise<boolean> {
    const right = await this.queue.run(() => verify(stored ?? DECOY, password));
    return right && stored !== undefined;
  }
}
