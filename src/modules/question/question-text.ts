import { Injectable } from '@nestjs/common';
import { jsonOf } from '../../common/content/content-text.js';
import type { Content } from '../../common/content/content.entity.js';
import type { Mention } from '../../common/content/mention.js';
import { mentionsIn } from '../../common/markdown/mentions.js';
import { excerptOf, MARKDOWN_VERSION, renderMarkdown } from '../../common/markdown/render-markdown.js';
import { GroupAccess } from '../group/index.js';
import type { ImageRef } from '../upload/index.js';
import { MentionResolver } from '../user/index.js';

export type WrittenText = Pick<Content, 'body' | 'html' | 'htmlVersion' | 'mentions'>;

/** Finds out whom a text names. */
@Injectable()
export class QuestionText {
  constructor(
    private readonly resolver: MentionResolver,
    private readonly access: GroupAccess,
  ) {}

  /** The people named in a text, of those who may read it where it stands. */
  async mentionsOf(body: string, groupId: number | null): Promise<Mention[]> {
    const people = await this.resolver.candidates(body);
    if (groupId === null || people.length === 0) return mentionsIn(body, people);
    const ids = people.map(({ id }) => id);
    const readers = await this.access.readersOf(groupId, ids);
    return mentionsIn(
      body,
      people.filter(({ id }) => readers.has(id)),
    );
  }
}

/** The columns of a text. */
export function textOf(
  body: string,
  mentions: readonly Mention[],
  images: readonly ImageRef[] | null = null,
): WrittenText {
  return {
    body,
    html: renderMarkdown(body, { mentions, images }),
    htmlVersion: MARKDOWN_VERSION,
    mentions: mentions.length > 0 ? [...mentions] : null,
  };
}

/** The columns of a text that an edit changes; empty when it changes neither words nor pictures. */
export function editedText(
  row: { body: string; mentions: unknown; images: unknown },
  edit: { body?: string; mentions?: readonly Mention[]; images?: ImageRef[] },
): Partial<WrittenText & { excerpt: string; images: ImageRef[] | null }> {
  if (edit.body === undefined && edit.images === undefined) return {};
  const body = edit.body ?? row.body;
  const mentions = edit.mentions ?? jsonOf<Mention[] | null>(row.mentions) ?? [];
  const images = edit.images ?? jsonOf<ImageRef[] | null>(row.images);
  return { ...textOf(body, mentions, images), excerpt: excerptOf(body), images };
}

/** Those named now who were not named before, which is a JSON column. */
export function newlyNamed(mentions: readonly Mention[], before: unknown): number[] {
  const known = new Set(jsonOf<Mention[] | null>(before)?.map(({ id }) => id));
  return mentions.map(({ id }) => id).filter((id) => !known.has(id));
}
