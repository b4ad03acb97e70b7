import { Injectable } from '@nestjs/common';
import type { Mention } from '../../common/content/mention.js';
import type { MarkdownText } from '../../common/markdown/render-markdown.js';
import { UserRepository } from './user.repository.js';

/** Who the `@names` of a text could be; the caller drops those who may not read it before asking `mentionsIn`. */
@Injectable()
export class MentionResolver {
  constructor(private readonly users: UserRepository) {}

  /** At most 200, oldest accounts first; no statement when the text has no `@`. */
  async candidates(text: MarkdownText): Promise<Mention[]> {
    const keys = text.mentionKeys();
    return keys.length > 0 ? this.users.listByNicknameKeys(keys) : [];
  }
}
