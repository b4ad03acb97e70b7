import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiErrors, ApiOkData } from '../../common/api/openapi-decorators.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { MarkdownPreviewDto } from './dto/markdown-preview.dto.js';
import { PreviewMarkdownDto } from './dto/preview-markdown.dto.js';
import { MarkdownPreviewService } from './markdown-preview.service.js';

@ApiTags('Posts')
@Controller({ version: '1' })
export class MarkdownPreviewController {
  constructor(private readonly previews: MarkdownPreviewService) {}

  /** A text as it would be shown, for editors; nothing is kept. */
  @RateLimit('preview')
  @Post('markdown-previews')
  @HttpCode(200)
  @ApiOkData(MarkdownPreviewDto)
  @ApiErrors('UPLOAD_NOT_FOUND')
  previewMarkdown(
    @CurrentActor() actor: Actor,
    @Body() dto: PreviewMarkdownDto,
  ): Promise<MarkdownPreviewDto> {
    return this.previews.previewMarkdown(actor, dto);
  }
}
