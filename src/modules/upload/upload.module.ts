import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../../common/config/app-config.js';
import { ImageProcessor } from './image-processor.js';
import { MediaAudiences } from './media-audience.js';
import { MediaController } from './media.controller.js';
import { MediaService } from './media.service.js';
import { MediaSigner } from './media-signer.js';
import { MediaTargets } from './media-targets.js';
import { MediaUrls } from './media-urls.js';
import { LocalStorage } from './storage/local.storage.js';
import { MediaStorage } from './storage/media-storage.js';
import { S3Storage } from './storage/s3.storage.js';
import { UploadController } from './upload.controller.js';
import { UploadJobs } from './upload.jobs.js';
import { UploadRepository } from './upload.repository.js';
import { UploadService } from './upload.service.js';

/** Global: whatever has pictures attaches and shows them. */
@Global()
@Module({
  controllers: [UploadController, MediaController],
  providers: [
    UploadService,
    MediaService,
    UploadRepository,
    UploadJobs,
    ImageProcessor,
    MediaAudiences,
    MediaTargets,
    MediaUrls,
    MediaSigner,
    {
      provide: MediaStorage,
      useFactory: ({ upload, dataDir }: AppConfig) =>
        upload.storage === 's3' ? new S3Storage(upload.s3) : new LocalStorage(join(dataDir, 'media')),
      inject: [AppConfig],
    },
  ],
  exports: [UploadService, MediaUrls, MediaAudiences, MediaTargets],
})
export class UploadModule {}
