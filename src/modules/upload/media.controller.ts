import { Controller, Get, Query, VERSION_NEUTRAL } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '../../common/api/openapi-decorators.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { OptionalAuth } from '../../common/auth/optional-auth.decorator.js';
import type { FileAnswer } from '../../common/http/file-answer.js';
import { MediaQueryDto } from './dto/media-query.dto.js';
import { KnownTag, type MediaFile, MediaFileParam } from './media-file-param.decorator.js';
import { MediaService } from './media.service.js';

@ApiTags('Uploads')
@OptionalAuth()
@Controller({ path: 'media', version: VERSION_NEUTRAL })
export class MediaController {
  constructor(private readonly media: MediaService) {}

  /**
   * The file of a picture. What is not public takes a token or the signed address that the API gave out, and that its
   * owner may still see the group.
   */
  @Get(':file')
  @ApiResponse({
    status: 200,
    description: 'The picture.',
    content: { 'image/webp': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiErrors('MEDIA_NOT_FOUND', 'STORAGE_UNAVAILABLE')
  getMedia(
    @CurrentActor() actor: Actor | undefined,
    @MediaFileParam('file') file: MediaFile,
    @Query() query: MediaQueryDto,
    @KnownTag() knownTag: string | undefined,
  ): Promise<FileAnswer> {
    return this.media.getMedia(actor, file, query, knownTag);
  }
}
