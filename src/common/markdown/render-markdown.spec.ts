import { describe, expect, it } from 'vitest';
import { excerptOf, renderMarkdown } from './render-markdown.js';

const EXTERNAL = 'rel="nofollow ugc noopener" target="_blank"';
const linked = (url: string) => `<a href="${url}" ${EXTERNAL}>${url}</a>`;

describe('renderMarkdown', () => {
  it.each([
    ['a *b* **c** ~~d~~ `e`', '<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>'],
    ['# a\n\n###### b', '<h2>a</h2>\n<h6>b</h6>'],
    [
      '- [x] a',
      '<ul class="contains-task-list">\n<li class="task-list-item"><input type="checkbox" checked disabled> a</li>\n</ul>',
    ],
    ['3. a', '<ol start="3">\n<li>a</li>\n</ol>'],
    ['```c++\na < b\n```', '<pre><code class="language-c++">a &#x3C; b\n</code></pre>'],
    [
      '|a|\n|:-:|\n|b|',
      '<table>\n<thead>\n<tr>\n<th align="center">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="center">b</td>\n</tr>\n</tbody>\n</table>',
    ],
    ['a\nb', '<p>a<br>\nb</p>'],
    ['', ''],
  ])('makes HTML of %j', (source, html) => {
    expect(renderMarkdown(source)).toBe(html);
  });

  it('shows HTML as it was typed', () => {
    expect(renderMarkdown('List<String> <b>x</b>')).toBe('<p>List&#x3C;String> &#x3C;b>x&#x3C;/b></p>');
    expect(renderMarkdown('<script>\nalert(1)\n</script>')).not.toContain('<script');
  });

  it('knows no footnotes: they would need ids', () => {
    expect(renderMarkdown('a[^1]\n\n[^1]: b')).not.toMatch(/id=|<section/);
  });
});

describe('links', () => {
  it.each([
    ['见 https://example.com，谢谢', `<p>见 ${linked('https://example.com')}，谢谢</p>`],
    ['见https://a.cn/b_c_d?x=1。好', `<p>见${linked('https://a.cn/b_c_d?x=1')}。好</p>`],
    [
      'https://a.cn、https://b.cn，**重要**',
      `<p>${linked('https://a.cn')}、${linked('https://b.cn')}，<strong>重要</strong></p>`,
    ],
    [
      '（https://a.cn）(https://b.cn/c_(d)).',
      `<p>（${linked('https://a.cn')}）(${linked('https://b.cn/c_(d)')}).</p>`,
    ],
    ['**https://a.cn/**', `<p><strong>${linked('https://a.cn/')}</strong></p>`],
    ['见 www.a.cn。', `<p>见 <a href="http://www.a.cn" ${EXTERNAL}>www.a.cn</a>。</p>`],
    ['xhttps://a.cn', '<p>xhttps://a.cn</p>'],
    ['a@b.cn', '<p>a@b.cn</p>'],
  ])('finds bare addresses next to Chinese: %s', (source, html) => {
    expect(renderMarkdown(source)).toBe(html);
  });

  it('opens foreign places beside the page, own ones in it, and neither vouches for them', () => {
    expect(renderMarkdown('[a](https://b.cn "c")')).toBe(
      `<p><a href="https://b.cn" title="c" ${EXTERNAL}>a</a></p>`,
    );
    expect(renderMarkdown('[a](/users/3)')).toBe(
      '<p><a href="/users/3" rel="nofollow ugc noopener">a</a></p>',
    );
    expect(renderMarkdown('<a@b.cn>')).toBe(
      '<p><a href="mailto:a@b.cn" rel="nofollow ugc noopener">a@b.cn</a></p>',
    );
  });

  it.each([
    'javascript:alert(1)',
    '//evil.cn',
    '/\\evil.cn',
    'x.html',
    '#x',
    'ftp://a.cn',
    'data:,x',
    '&#9;javascript:x',
  ])('leaves the words of a link to %s', (href) => {
    expect(renderMarkdown(`[words](${href})`)).toBe('<p>words</p>');
    expect(renderMarkdown(`[words][r]\n\n[r]: <${href}>`)).toBe('<p>words</p>');
  });

  it('puts no link into a link', () => {
    expect(renderMarkdown('[https://a.cn ![b](http://c.cn)](https://d.cn)')).toBe(
      `<p><a href="https://d.cn" ${EXTERNAL}>https://a.cn b</a></p>`,
    );
  });
});

describe('emphasis', () => {
  it.each([
    ['**注意：**后面', '<p><strong>注意：</strong>后面</p>'],
    ['他说**“好”**了', '<p>他说<strong>“好”</strong>了</p>'],
    ['*（一）*二', '<p><em>（一）</em>二</p>'],
    ['~~删除。~~后', '<p><del>删除。</del>后</p>'],
    ['2 * 3 * 4', '<p>2 * 3 * 4</p>'],
    ['snake_case_name', '<p>snake_case_name</p>'],
  ])('needs no spaces in Chinese: %s', (source, html) => {
    expect(renderMarkdown(source)).toBe(html);
  });
});

describe('pictures', () => {
  const images = [{ name: 'abc', width: 4000, height: 2000 }];

  it('shows those of the text at 1280 pixels', () => {
    const html = '<p><img src="/media/abc-1280.webp" width="1280" height="640" alt="a" loading="lazy"></p>';
    expect(renderMarkdown('![a](/media/abc.webp)', { images })).toBe(html);
    expect(renderMarkdown('![a](/media/abc.webp?user=1&signature=x)', { images })).toBe(html);
    expect(renderMarkdown('![a][r]\n\n[r]: /media/abc-320.webp', { images })).toBe(html);
  });

  it('makes links of all others, so that reading asks no stranger', () => {
    expect(renderMarkdown('![a](https://b.cn/c.png)', { images })).toBe(
      `<p><a href="https://b.cn/c.png" ${EXTERNAL}>a</a></p>`,
    );
    expect(renderMarkdown('![a](/media/other.webp)', { images })).toContain('<a href="/media/other.webp"');
    expect(renderMarkdown('![a](javascript:x)', { images })).toBe('<p>a</p>');
  });
});

describe('mentions', () => {
  const mentions = [
    { id: 7, nickname: '小明' },
    { id: 8, nickname: 'John Smith' },
  ];
  const link = '<a href="/users/7" class="mention">@小明</a>';

  it('are links to people, in prose only', () => {
    expect(renderMarkdown('@小明你好，**@小明**', { mentions })).toBe(
      `<p>${link}你好，<strong>${link}</strong></p>`,
    );
    expect(renderMarkdown('hi @john　SMITH!', { mentions })).toContain('class="mention">@John Smith</a>!');
    for (const source of ['`@小明`', '[@小明](http://a.cn)', '    @小明', 'a@小明', '@小红'])
      expect(renderMarkdown(source, { mentions })).not.toContain('mention');
  });

  it('cannot be made of anything but context', () => {
    expect(renderMarkdown('[@小明](/users/7)')).not.toContain('mention');
    expect(renderMarkdown('@<b>', { mentions: [{ id: 1, nickname: '<b>' }] })).toContain('>@&#x3C;b></a>');
  });
});

describe('excerptOf', () => {
  it('is plain text on one line', () => {
    expect(excerptOf('# T\n\n> a *b* `c`\n- ![alt](x)\n- [k](l)\n\n```\ncode\n```')).toBe(
      'T a b c alt k code',
    );
  });

  it('keeps the cells of a table apart', () => {
    expect(excerptOf('| a | b |\n|---|---|\n| 78 | 61 |')).toBe('a b 78 61');
  });

  it('is cut between characters', () => {
    expect(excerptOf('😀'.repeat(201))).toBe(`${'😀'.repeat(199)}…`);
    expect(excerptOf('😀'.repeat(200))).toBe('😀'.repeat(200));
    expect(excerptOf('abcdef', 4)).toBe('abc…');
    expect(excerptOf(`${'*'.repeat(3)}\n\na${' '.repeat(1_993)}😀😀`)).toBe('a 😀😀');
  });
});
