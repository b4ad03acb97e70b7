import { describe, expect, it } from 'vitest';
import { assertInert } from '../../../test/support/inert.js';
import { XSS_PAYLOADS } from '../../../test/support/xss-payloads.js';
import { excerptOf, renderMarkdown } from './render-markdown.js';

const context = {
  mentions: [
    { id: 1, nickname: '<script>alert(1)</script>' },
    { id: 2, nickname: '"onclick="alert(1)' },
    { id: 3, nickname: 'a' },
  ],
  images: [{ name: 'x', width: 10, height: 10 }],
};

describe('hostile text', () => {
  it('comes in many kinds', () => {
    expect(XSS_PAYLOADS.length).toBeGreaterThan(400);
  });

  it.each(XSS_PAYLOADS)('is inert: %j', (payload) => {
    assertInert(renderMarkdown(payload, context));
    assertInert(renderMarkdown(`x ${payload} y\n\n${payload}\n> ${payload}\n- **${payload}**\n`, context));
    assertInert(renderMarkdown(`|a|\n|-|\n|${payload.replaceAll('\n', ' ')}|`, context));
    expect(excerptOf(payload)).not.toContain('\n');
  });

  it('is inert all at once, also when it is read as plain text', () => {
    const all = XSS_PAYLOADS.join('\n\n');
    assertInert(renderMarkdown(all, context));
    assertInert(renderMarkdown(`${'>'.repeat(50)} x\n\n${all}`, context));
  });

  it('would be found if it were not', () => {
    for (const html of [
      '<p onclick="x">',
      '<p id="x">',
      '<p style="x">',
      '<script></script>',
      '<a href="javascript:x">x</a>',
      '<a href="&#9;java&#10;script:x">x</a>',
      '<a href="//evil.example">x</a>',
      '<a href="/\\evil.example">x</a>',
      '<a href="x">x</a>',
      '<img src="https://evil.example/x.png">',
      '<svg></svg>',
      '<!-- -->',
      '<input type="checkbox">',
      '<template></template>',
    ])
      expect(() => assertInert(html)).toThrow('not inert');
  });
});
