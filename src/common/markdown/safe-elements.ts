import type { Element, ElementContent, Properties, Root, Text } from 'hast';

export interface MarkdownImage {
  name: string;
  /** Pixels of the picture itself. */
  width: number;
  height: number;
}

/** Pixels; what a text shows of a picture is no wider and no higher. */
const SHOWN = 1280;
/** As the API gives it out: of any size, signed or not. */
const OWN_PICTURE = /^\/media\/([\w-]+)\.webp(?:\?|$)/;
/** From the root: `//host` and `/\host` would lead elsewhere. */
const OWN_PATH = /^\/(?!\/|\\|%5c)/i;

/** Of a block of code. */
export const LANGUAGE = /^language-[\w+#.-]{1,32}$/;

/** Links lead where they may, pictures are our own, headings stand below the page's. */
export function makeSafe(tree: Root, images: readonly MarkdownImage[]): void {
  const make = (node: ElementContent, inLink: boolean): ElementContent[] => {
    if (node.type !== 'element' || isMention(node)) return [node];
    if (node.tagName === 'img') {
      const picture = ownPicture(node.properties, images);
      return picture ? [picture] : make(linkTo(node.properties), inLink);
    }
    const target = node.tagName === 'a' && !inLink ? linkTarget(node.properties) : undefined;
    node.children = node.children.flatMap((child) => make(child, inLink || target !== undefined));
    if (node.tagName === 'a') {
      if (!target) return node.children;
      node.properties = target;
    }
    // An element whose only class the schema refuses would be left with an empty one.
    if (node.tagName === 'code' && !LANGUAGE.test(String(node.properties['className']))) node.properties = {};
    const level = /^h([1-5])$/.exec(node.tagName)?.[1];
    if (level) node.tagName = `h${Number(level) + 1}`;
    return [node];
  };
  tree.children = tree.children.flatMap((node) => (node.type === 'doctype' ? [] : make(node, false)));
}

const isMention = ({ properties }: Element): boolean => [properties['className']].flat().includes('mention');

function ownPicture({ src, alt, title }: Properties, images: readonly MarkdownImage[]): Element | undefined {
  const file = OWN_PICTURE.exec(String(src))?.[1];
  const image = images.find(({ name }) => [name, `${name}-320`, `${name}-1280`].includes(file!));
  if (!image) return undefined;
  const scale = Math.min(1, SHOWN / Math.max(image.width, image.height));
  const properties = {
    src: `/media/${image.name}-${SHOWN}.webp`,
    width: Math.round(image.width * scale),
    height: Math.round(image.height * scale),
    alt: alt ?? '',
    title,
    loading: 'lazy',
  };
  return { type: 'element', tagName: 'img', properties, children: [] };
}

/** Nobody's browser is sent to a stranger's server because he reads: a foreign picture is a link to it. */
function linkTo({ src, alt, title }: Properties): Element {
  const text: Text = { type: 'text', value: String(alt || src || '') };
  return { type: 'element', tagName: 'a', properties: { href: src, title }, children: [text] };
}

/** Attributes of a link to an own path, a web or a mail address; undefined: it leads elsewhere. */
function linkTarget({ href, title }: Properties): Properties | undefined {
  const address = String(href ?? '').replace(/^www\./i, 'http://$&');
  const foreign = /^https?:\/\//i.test(address) && URL.canParse(address);
  if (!foreign && !OWN_PATH.test(address) && !/^mailto:[^?]+@/i.test(address)) return undefined;
  const rel = ['nofollow', 'ugc', 'noopener'];
  return { href: address, title, rel, target: foreign ? '_blank' : undefined };
}
