import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { chineseSyntax } from './chinese-syntax.js';
import { isTangled } from './tangle.js';

/**
 * GitHub's Markdown as people here write it. HTML is text: it is shown as it was typed, not interpreted and not
 * dropped. Footnotes would need ids, which several texts on a page would share.
 */
function ourSyntax(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions!.push(chineseSyntax(), {
    disable: {
      null: ['htmlFlow', 'htmlText', 'gfmFootnoteDefinition', 'gfmFootnoteCall', 'gfmPotentialFootnoteCall'],
    },
  });
  // The second search for bare addresses, after the parser's own; it knows no Chinese either.
  for (const extension of data.fromMarkdownExtensions!.flat()) extension.transforms = [];
}

const parser = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).use(ourSyntax).freeze();

/** A text that would be dear to parse is read as plain text. */
export function parseMarkdown(source: string): Root {
  return isTangled(source)
    ? plainText(source)
    : (unlessTooDeep(() => parser.parse(source)) ?? plainText(source));
}

/** What the work gives; undefined where a text is nested deeper than the stack, in a way that nobody thought of. */
export function unlessTooDeep<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Paragraphs, and nothing in them. */
export function plainText(source: string): Root {
  const blocks = source.split(/\n[ \t]*\n/).filter((block) => block.trim() !== '');
  return {
    type: 'root',
    children: blocks.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] })),
  };
}

/** Calls `visit` with every text that is read as prose: not in code, links and addresses. */
export function visitProse(node: Nodes, visit: (text: string) => void): void {
  if (node.type === 'text') visit(node.value);
  else if ('children' in node && node.type !== 'link' && node.type !== 'linkReference')
    for (const child of node.children) visitProse(child, visit);
}
