import { idOf, indexOf, isKept } from './attachments.ts';
import { ComponentType } from './component-type.ts';
import type { Draft } from './draft.ts';
import { nodeAt, nodesAt } from './json.ts';
import type { Node } from './json.ts';
import { problemAt, required } from './problem.ts';
import type { Problem } from './problem.ts';

const SCHEME = 'attachment://';

/** Addresses of pictures and files: what `attachment://name` names must be among the attachments. */
export function checkReferences(draft: Draft): Problem[] {
  const known = namesIn(draft);
  return [
    ...embedAddresses(draft.message).flatMap(({ node, key }) => [
      ...named(node, key, known),
      ...showable(node, key),
    ]),
    ...mediaOf(draft).flatMap(({ media, isFile }) => address(media, isFile, known)),
  ];
}

/** The names that may be referred to; nothing where an edit keeps files whose names it does not say. */
function namesIn({ message, files, edits }: Draft): ReadonlySet<string> | undefined {
  const entries = nodesAt(message, 'attachments');
  const isListed = Array.isArray(message.value['attachments']);
  if (edits && (!isListed || entries.some(keepsUnnamed))) return undefined;
  const renamed = new Map(entries.map((node) => [idOf(node), node.value['filename']]));
  const names = new Set<string>();
  for (const name of renamed.values()) if (typeof name === 'string') names.add(name);
  for (const file of files) {
    const name = renamed.get(indexOf(file));
    names.add(typeof name === 'string' ? name : file.filename);
  }
  return names;
}

function keepsUnnamed(node: Node): boolean {
  return isKept(idOf(node) ?? '') && typeof node.value['filename'] !== 'string';
}

function embedAddresses(message: Node): { node: Node; key: string }[] {
  return nodesAt(message, 'embeds').flatMap((embed) =>
    (
      [
        ['image', 'url'],
        ['thumbnail', 'url'],
        ['author', 'icon_url'],
        ['footer', 'icon_url'],
      ] as const
    ).flatMap(([part, key]) => {
      const node = nodeAt(embed, part);
      return node === undefined ? [] : [{ node, key }];
    }),
  );
}

function mediaOf({ components }: Draft): { media: Node | Problem; isFile: boolean }[] {
  return components.flatMap(({ node, type }) => {
    const single = (key: string, isFile: boolean) => ({
      media: nodeAt(node, key) ?? required(node, key),
      isFile,
    });
    if (type === ComponentType.thumbnail) return [single('media', false)];
    if (type === ComponentType.file) return [single('file', true)];
    if (type !== ComponentType.mediaGallery) return [];
    return nodesAt(node, 'items').map((item) => ({
      media: nodeAt(item, 'media') ?? required(item, 'media'),
      isFile: false,
    }));
  });
}

function address(
  media: Node | Problem,
  isFile: boolean,
  known: ReadonlySet<string> | undefined,
): Problem[] {
  if ('problem' in media) return [media];
  const url = media.value['url'];
  if (typeof url !== 'string') return [required(media, 'url')];
  if (isFile && !url.startsWith(SCHEME)) {
    return [problemAt(media, 'url', 'must be an attachment:// address of a file component')];
  }
  if (!/^(?:https?|attachment):\/\//.test(url)) {
    return [problemAt(media, 'url', 'must be an http, https or attachment address')];
  }
  return named(media, 'url', known);
}

function named(node: Node, key: string, known: ReadonlySet<string> | undefined): Problem[] {
  const url = node.value[key];
  if (typeof url !== 'string' || !url.startsWith(SCHEME) || known === undefined) return [];
  const name = url.slice(SCHEME.length);
  if (known.has(name)) return [];
  const names = [...known].join(', ') || 'none';
  return [
    problemAt(node, key, `names ${name}, which is not uploaded; the attachments are: ${names}`),
  ];
}

function showable(node: Node, key: string): Problem[] {
  const url = node.value[key];
  if (typeof url !== 'string' || !url.startsWith(SCHEME)) return [];
  return /\.(?:jpe?g|png|webp|gif)$/i.test(url)
    ? []
    : [problemAt(node, key, 'an embed shows jpg, jpeg, png, webp and gif attachments only')];
}
