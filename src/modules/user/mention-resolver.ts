import { Injectable } from '@nestjs/common';
import type { Mention } from '../../common/content/mention.js';
import { mentionKeys } from '../../common/markdown/mentions.js';
import { UserRepository } from './user.repository.js';

/** Who the `@names` of a text could be; the caller drops those who may not read it before asking `mentionsIn`. */
@Injectable()
export class MentionResolver {
  constructor(private readonly users: UserRepository) {}

  /** At most 200, oldest accounts first; no statement when the text has no `@`. */
  async candidates(source: string): Promise<Mention[]> {
    const keys = mentionKeys(source);
    return keys.length > 0 ? this.users.listByNicknameKeys(keys) : [];
  }
}
