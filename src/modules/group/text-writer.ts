import { Injectable } from '@nestjs/common';
import type { WrittenText } from '../../common/content/content-text.js';
import type { Mention } from '../../common/content/mention.js';
import { MARKDOWN_VERSION, MarkdownText } from '../../common/markdown/render-markdown.js';
import type { ImageRef } from '../upload/index.js';
import { MentionResolver } from '../user/index.js';
import { GroupAccess } from './group-access.js';

/** Makes of what people write what rows keep of it. Not in a transaction: it may take long. */
@Injectable()
export class TextWriter {
  constructor(
    private readonly resolver: MentionResolver,
    private readonly access: GroupAccess,
  ) {}

  /** @param groupId where it is written; null: everybody reads it */
  async write(body: string, groupId: number | null, images: readonly ImageRef[] = []): Promise<WrittenText> {
    const text = new MarkdownText(body);
    const named = text.mentionsIn(await this.readersNamed(text, groupId));
    const mentions = named.length > 0 ? named : null;
    const html = text.render({ mentions, images });
    return { body, html, htmlVersion: MARKDOWN_VERSION, mentions, excerpt: text.excerpt() };
  }

  /** Before it is judged whom a name means, as nobody is named who may not read it. */
  private async readersNamed(text: MarkdownText, groupId: number | null): Promise<Mention[]> {
    const people = await this.resolver.candidates(text);
    if (groupId === null || people.length === 0) return people;
    const ids = people.map(({ id }) => id);
    const readers = await this.access.readersOf(groupId, ids);
    return people.filter(({ id }) => readers.has(id));
  }
}
