import type { CleanedEnv } from 'envalid';
import { integer, oneOf, text, url } from './variables.js';

const withS3 = (env: Record<string, unknown>): boolean => env['UPLOAD_STORAGE'] === 's3';

export const uploadVariables = {
  UPLOAD_STORAGE: oneOf(
    'local',
    's3',
  )({
    desc: 'Where pictures are kept: in `DATA_DIR/media`, or in a bucket of anything that speaks S3. Several servers need `s3` or a shared folder.',
    default: 'local',
  }),
  UPLOAD_S3_ENDPOINT: url(
    'http:',
    'https:',
  )({
    desc: 'Address of the S3 service; left out for that of AWS in the region.',
    example: 'https://s3.example.com',
  }),
  UPLOAD_S3_REGION: text('text')({ desc: 'Region of the bucket.', default: 'us-east-1' }),
  UPLOAD_S3_BUCKET: text('text')({
    desc: 'The bucket; it has to exist, and nobody else needs to read it. Required with `UPLOAD_STORAGE=s3`.',
    requiredWhen: withS3,
  }),
  UPLOAD_S3_ACCESS_KEY_ID: text('text')({
    desc: 'Required with `UPLOAD_STORAGE=s3`.',
    requiredWhen: withS3,
  }),
  UPLOAD_S3_SECRET_ACCESS_KEY: text('text')({
    desc: 'Required with `UPLOAD_STORAGE=s3`.',
    requiredWhen: withS3,
    secret: true,
  }),
  UPLOAD_S3_TIMEOUT_MS: integer(
    100,
    60_000,
  )({ desc: 'Time for one answer of the S3 service, in milliseconds.', default: 10_000 }),
  UPLOAD_MAX_MB: integer(1, 64)({ desc: 'Largest picture that is taken, in MB.', default: 8 }),
  UPLOAD_QUOTA_MB: integer(
    1,
    1_000_000,
  )({
    desc: "What a user's pictures may take up together, as they are kept, in MB.",
    default: 500,
  }),
};

export function uploadConfig(env: CleanedEnv<typeof uploadVariables>) {
  return {
    storage: env.UPLOAD_STORAGE,
    s3: {
      endpoint: env.UPLOAD_S3_ENDPOINT,
      region: env.UPLOAD_S3_REGION,
      bucket: env.UPLOAD_S3_BUCKET,
      accessKeyId: env.UPLOAD_S3_ACCESS_KEY_ID,
      secretAccessKey: env.UPLOAD_S3_SECRET_ACCESS_KEY,
      timeoutMs: env.UPLOAD_S3_TIMEOUT_MS,
    },
    maxMegabytes: env.UPLOAD_MAX_MB,
    quotaMegabytes: env.UPLOAD_QUOTA_MB,
  };
}

export type UploadConfig = Readonly<ReturnType<typeof uploadConfig>>;
