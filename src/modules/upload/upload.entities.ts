import { UploadQuota } from './upload-quota.entity.js';
import { Upload } from './upload.entity.js';

export const uploadEntities = [Upload, UploadQuota];
