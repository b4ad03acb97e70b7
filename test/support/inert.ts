import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

/** Element → attributes it may have; class names and other enumerated values are checked besides. */
const ALLOWED: Record<string, readonly string[]> = {
  a: ['href', 'title', 'class', 'rel', 'target'],
  code: ['class'],
  img: ['src', 'alt', 'title', 'width', 'height', 'loading'],
  input: ['type', 'disabled', 'checked'],
  li: ['class'],
  ol: ['class', 'start'],
  td: ['align'],
  th: ['align'],
  ul: ['class'],
  ...Object.fromEntries(
    'blockquote br del em h2 h3 h4 h5 h6 hr p pre strong table tbody thead tr'
      .split(' ')
      .map((tag) => [tag, []]),
  ),
};

const VALUES: Record<string, RegExp> = {
  'a class': /^mention$/,
  'a rel': /^nofollow ugc noopener$/,
  'a target': /^_blank$/,
  'code class': /^language-[\w+#.-]{1,32}$/,
  'img loading': /^lazy$/,
  'img src': /^\/media\/[\w-]+-1280\.webp(\?[\w=&-]*)?$/,
  'img width': /^\d{1,4}$/,
  'img height': /^\d{1,4}$/,
  'input type': /^checkbox$/,
  'li class': /^task-list-item$/,
  'ol class': /^contains-task-list$/,
  'ol start': /^\d+$/,
  'td align': /^(left|right|center)$/,
  'th align': /^(left|right|center)$/,
  'ul class': /^contains-task-list$/,
};

type Node = DefaultTreeAdapterTypes.ChildNode;

/** Parses HTML as a browser does, and throws where it could do anything but be looked at and lead to web pages. */
export function assertInert(html: string): void {
  const faults: string[] = [];
  for (const node of parseFragment(html).childNodes) inspect(node, faults);
  if (faults.length > 0) throw new Error(`not inert: ${faults.join('; ')}\n${html}`);
}

function inspect(node: Node, faults: string[]): void {
  if (node.nodeName === '#text') return;
  const allowed = ALLOWED[node.nodeName];
  if (!('attrs' in node) || node.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !allowed) {
    faults.push(`<${node.nodeName}>`);
    return;
  }
  for (const { name, value } of node.attrs) {
    const rule = VALUES[`${node.tagName} ${name}`];
    if (!allowed.includes(name) || (rule && !rule.test(value)))
      faults.push(`${node.tagName} ${name}="${value}"`);
  }
  const attribute = (name: string) => node.attrs.find((one) => one.name === name)?.value;
  if (node.tagName === 'a' && !isHarmless(attribute('href') ?? ''))
    faults.push(`href="${attribute('href')}"`);
  if (node.tagName === 'input' && attribute('disabled') === undefined) faults.push('an enabled input');
  for (const child of node.childNodes) inspect(child, faults);
}

/** As a browser on our page understands it: the web, mail, or a page of ours. */
function isHarmless(href: string): boolean {
  if (!URL.canParse(href, 'https://our.example/page')) return false;
  const { protocol, origin } = new URL(href, 'https://our.example/page');
  if (href.startsWith('/')) return origin === 'https://our.example';
  return /^(https?:\/\/|mailto:)/i.test(href) && ['http:', 'https:', 'mailto:'].includes(protocol);
}
