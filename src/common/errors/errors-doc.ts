import { ERROR_CATALOGUE, type ErrorEntry } from './error-codes.js';

const BLOCKS: [title: string, from: number][] = [
  ['Common', 10_000],
  ['Accounts', 20_000],
  ['Groups', 30_100],
  ['Check-in', 30_200],
  ['Community', 40_000],
  ['Questions', 50_000],
  ['Messages', 60_000],
  ['Uploads', 70_000],
];

const INTRODUCTION = `# Errors

Generated from \`src/common/errors/error-codes.ts\`; do not edit.

A failure is answered as \`{ code, msg, data: { error, request, requestId, fields?, details? } }\` with the HTTP
status below. \`code\` and \`error\` never change; \`msg\` is for people, in the language of \`Accept-Language\`.
`;

/** The text of docs/errors.md. */
export function errorsDocument(): string {
  const entries: [string, ErrorEntry][] = Object.entries(ERROR_CATALOGUE);
  entries.sort(([, a], [, b]) => a.code - b.code);
  const sections = BLOCKS.map(([title, from], index) => {
    const to = BLOCKS[index + 1]?.[1] ?? Infinity;
    const rows = entries
      .filter(([, { code }]) => code >= from && code < to)
      .map(([name, { code, status, en, zh }]) => `| ${code} | \`${name}\` | ${status} | ${en} | ${zh} |`);
    if (rows.length === 0) return '';
    return `\n## ${title}\n\n| code | error | status | English | 中文 |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return INTRODUCTION + sections.join('');
}
