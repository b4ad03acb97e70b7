import { defaultSchema, type Options } from 'rehype-sanitize';
import { LANGUAGE } from './safe-elements.js';

/** All that rendered Markdown may hold: no ids, names, styles, scripts, frames or forms, whatever was written. */
export const HTML_SCHEMA: Options = {
  ...defaultSchema,
  tagNames: (
    'a blockquote br code del em h2 h3 h4 h5 h6 hr img input li ' +
    'ol p pre strong table tbody td th thead tr ul'
  ).split(' '),
  attributes: {
    a: ['href', 'title', ['className', 'mention'], 'rel', 'target'],
    code: [['className', LANGUAGE]],
    img: ['src', 'alt', 'title', 'width', 'height', ['loading', 'lazy']],
    input: [['type', 'checkbox'], ['disabled', true], 'checked'],
    li: [['className', 'task-list-item']],
    ol: ['start', ['className', 'contains-task-list']],
    td: ['align'],
    th: ['align'],
    ul: [['className', 'contains-task-list']],
  },
  clobber: [],
  protocols: { href: ['http', 'https', 'mailto'], src: [] },
  required: { input: { disabled: true, type: 'checkbox' } },
};
