import { oneOf, text } from './variables.js';

export const runtimeVariables = {
  NODE_ENV: oneOf(
    'development',
    'test',
    'production',
  )({
    desc: 'In `production` nothing is left to a default that would be unsafe: a missing secret, an embedded database not chosen on purpose, and unknown variables stop the start.',
    default: 'development',
  }),
  DATA_DIR: text('a folder')({
    desc: 'Where the embedded database, uploads and the generated token secret live. Created when missing.',
    default: './data',
  }),
};
