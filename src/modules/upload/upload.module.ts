import { Global, Module } from '@nestjs/common';
import { MediaSigner } from './media-signer.js';
import { MediaUrls } from './media-urls.js';
import { UploadRepository } from './upload.repository.js';
import { UploadService } from './upload.service.js';

/** Global: whatever has pictures attaches and shows them. */
@Global()
@Module({
  providers: [UploadService, UploadRepository, MediaUrls, MediaSigner],
  exports: [UploadService, MediaUrls],
})
export class UploadModule {}
