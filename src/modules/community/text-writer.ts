import { Injectable } from '@nestjs/common';
import type { Mention } from '../../common/content/mention.js';
import { mentionsIn } from '../../common/markdown/mentions.js';
import { excerptOf, MARKDOWN_VERSION, renderMarkdown } from '../../common/markdown/render-markdown.js';
import { GroupAccess } from '../group/index.js';
import type { ImageRef } from '../upload/index.js';
import { MentionResolver } from '../user/index.js';

/** A text as rows keep it. */
export interface WrittenText {
  body: string;
  html: string;
  htmlVersion: number;
  mentions: Mention[] | null;
  excerpt: string;
}

@Injectable()
export class TextWriter {
  constructor(
    private readonly resolver: MentionResolver,
    private readonly access: GroupAccess,
  ) {}

  async write(body: string, groupId: number, images: readonly ImageRef[] = []): Promise<WrittenText> {
    const mentions = await this.mentionsOf(body, groupId);
    const html = renderMarkdown(body, { mentions, images });
    return { body, html, htmlVersion: MARKDOWN_VERSION, mentions, excerpt: excerptOf(body) };
  }

  /** The same text with other pictures. */
  withImages<T extends Pick<WrittenText, 'body' | 'mentions'>>(text: T, images: readonly ImageRef[]) {
    const html = renderMarkdown(text.body, { mentions: text.mentions, images });
    return { ...text, html, htmlVersion: MARKDOWN_VERSION, images: [...images] };
  }

  /** Whom a text names of those who may read it. */
  private async mentionsOf(body: string, groupId: number): Promise<Mention[] | null> {
    const candidates = await this.resolver.candidates(body);
    if (candidates.length === 0) return null;
    const readers = await this.access.readersOf(
      groupId,
      candidates.map(({ id }) => id),
    );
    const mentions = mentionsIn(
      body,
      candidates.filter(({ id }) => readers.has(id)),
    );
    return mentions.length > 0 ? mentions : null;
  }
}

/** Those named in a text who were not named in the one before. */
export function newlyNamed(mentions: Mention[] | null, before: Mention[] | null): number[] {
  const known = new Set(before?.map(({ id }) => id));
  return (mentions ?? []).map(({ id }) => id).filter((id) => !known.has(id));
}
