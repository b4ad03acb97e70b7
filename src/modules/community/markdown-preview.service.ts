import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/auth/actor.js';
import { renderMarkdown } from '../../common/markdown/render-markdown.js';
import { MediaUrls, UploadService } from '../upload/index.js';
import type { MarkdownPreviewDto } from './dto/markdown-preview.dto.js';
import type { PreviewMarkdownDto } from './dto/preview-markdown.dto.js';

@Injectable()
export class MarkdownPreviewService {
  constructor(
    private readonly uploads: UploadService,
    private readonly urls: MediaUrls,
  ) {}

  async previewMarkdown(
    actor: Actor,
    { body, imageIds = [] }: PreviewMarkdownDto,
  ): Promise<MarkdownPreviewDto> {
    const images = await this.uploads.listOwn(actor, imageIds);
    // What is attached to nothing yet is shown to its owner at a signed address only.
    return { html: this.urls.signHtml(renderMarkdown(body, { images }), images, actor, true) };
  }
}
