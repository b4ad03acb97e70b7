import { Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IdParam } from '../../common/api/id-param.decorator.js';
import { ApiCreatedData, ApiErrors, ApiOkData, page } from '../../common/api/openapi-decorators.js';
import { PageQueryDto } from '../../common/api/page-query.dto.js';
import type { Page } from '../../common/api/pagination.js';
import type { Actor } from '../../common/auth/actor.js';
import { CurrentActor } from '../../common/auth/current-actor.decorator.js';
import { FileForm, UploadedFormFile } from '../../common/http/form-body.js';
import { FormFile } from '../../common/http/form-file.js';
import { RateLimit } from '../../common/rate-limit/rate-limit.decorator.js';
import { UploadDto } from './dto/upload.dto.js';
import { UploadService } from './upload.service.js';

@ApiTags('Uploads')
@Controller({ path: 'uploads', version: '1' })
export class UploadController {
  constructor(private readonly uploads: UploadService) {}

  /**
   * Send a picture: JPEG, PNG, WebP or GIF (its first frame), by default at most 8 MB, at most 40 megapixels. Refer to
   * it by its id within 24 hours.
   */
  @FileForm()
  @RateLimit('upload')
  @Post()
  @ApiCreatedData(UploadDto)
  @ApiErrors(
    'UPLOAD_TYPE',
    'UPLOAD_TOO_LARGE',
    'UPLOAD_TOO_MANY_PIXELS',
    'UPLOAD_BROKEN',
    'UPLOAD_QUOTA',
    'STORAGE_UNAVAILABLE',
  )
  uploadImage(@CurrentActor() actor: Actor, @UploadedFormFile() file: FormFile): Promise<UploadDto> {
    return this.uploads.uploadImage(actor, file);
  }

  /** My pictures, newest first. */
  @Get()
  @ApiOkData(page(UploadDto))
  listMyUploads(@CurrentActor() actor: Actor, @Query() query: PageQueryDto): Promise<Page<UploadDto>> {
    return this.uploads.listMyUploads(actor, query);
  }

  /** Remove a picture of mine that belongs to nothing. */
  @Delete(':id')
  @ApiOkData(null)
  @ApiErrors('MEDIA_NOT_FOUND', 'STORAGE_UNAVAILABLE')
  deleteUpload(@CurrentActor() actor: Actor, @IdParam('id') id: number): Promise<void> {
    return this.uploads.deleteUpload(actor, id);
  }
}
