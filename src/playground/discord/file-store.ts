import { createHmac, randomBytes } from 'node:crypto';
import { AttachmentFlags } from 'discord-api-types/v10';
import type { APIAttachment } from 'discord-api-types/v10';
import type { Clock } from '../../clock.ts';
import { contentTypeOf } from './content-type.ts';
import { imageSize } from './image-size.ts';
import type { Snowflakes } from './snowflake.ts';

/** A file that was uploaded, by the bot or by a person. */
export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly contentType: string | undefined;
  readonly description: string | undefined;
  readonly spoiler: boolean;
  readonly size: number;
  readonly dimensions: { readonly width: number; readonly height: number } | undefined;
  /** Below the server's origin, without the signature. */
  readonly path: string;
}

export interface NewFile {
  readonly filename: string;
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  readonly description?: string | undefined;
  readonly spoiler?: boolean;
  /** Where its address lies: `attachments/<channel id>`, or `ephemeral-attachments/<application id>`. */
  readonly folder: string;
}

/** Keeps the bytes of files and serves them under signed addresses that expire, as Discord's CDN does. */
export interface FileStore {
  add(file: NewFile): StoredFile;
  /** @throws when the bytes were dropped to stay within the bound */
  bytes(file: StoredFile): Uint8Array;
  /** A fresh address that works for 24 hours. */
  url(file: StoredFile): string;
  attachment(file: StoredFile): APIAttachment;
  /** The file that an address of the stand-in names, whatever its signature. */
  find(url: string): StoredFile | undefined;
  /** What a GET of the address is answered with. */
  serve(url: URL): { readonly status: number; readonly file?: StoredFile };
  remove(file: StoredFile): void;
}

const urlLifeMs = 24 * 3_600_000;

export function createFileStore(options: {
  readonly clock: Clock;
  readonly ids: Snowflakes;
  readonly origin: string;
  readonly keptBytes: number;
}): FileStore {
  const { clock, ids, origin, keptBytes } = options;
  const secret = randomBytes(32);
  const files = new Map<string, StoredFile>();
  const contents = new Map<string, Uint8Array>();
  let total = 0;

  const sign = (path: string, expires: string, issued: string): string =>
    createHmac('sha256', secret).update(`${path}?${expires}&${issued}`).digest('hex');

  const drop = (id: string): void => {
    total -= contents.get(id)?.length ?? 0;
    contents.delete(id);
  };

  const store: FileStore = {
    add({ filename, bytes, contentType, description, spoiler = false, folder }) {
      const id = ids.next();
      const size = imageSize(bytes);
      const file: StoredFile = {
        id,
        filename,
        contentType: size?.type ?? contentType ?? contentTypeOf(filename),
        description,
        spoiler: spoiler || filename.startsWith('SPOILER_'),
        size: bytes.length,
        dimensions: size,
        path: `/${folder}/${id}/${encodeURIComponent(filename)}`,
      };
      files.set(file.path, file);
      contents.set(id, bytes);
      total += bytes.length;
      for (const oldest of contents.keys()) {
        if (total <= keptBytes) break;
        drop(oldest);
      }
      return file;
    },
    bytes(file) {
      const bytes = contents.get(file.id);
      if (bytes === undefined)
        throw new Error(`the bytes of ${file.filename} are gone: keptFileBytes is ${keptBytes}`);
      return bytes;
    },
    url(file) {
      const issued = Math.floor(clock.now() / 1000).toString(16);
      const expires = Math.floor((clock.now() + urlLifeMs) / 1000).toString(16);
      return `${origin}${file.path}?ex=${expires}&is=${issued}&hm=${sign(file.path, expires, issued)}&`;
    },
    attachment(file) {
      const url = store.url(file);
      return {
        id: file.id,
        filename: file.filename,
        size: file.size,
        url,
        proxy_url: url,
        ...(file.contentType === undefined ? {} : { content_type: file.contentType }),
        ...(file.description === undefined ? {} : { description: file.description }),
        ...(file.dimensions === undefined
          ? {}
          : { width: file.dimensions.width, height: file.dimensions.height }),
        ...(file.path.startsWith('/ephemeral-') ? { ephemeral: true } : {}),
        ...(file.spoiler ? { flags: AttachmentFlags.IsSpoiler } : {}),
      };
    },
    find(url) {
      return url.startsWith(`${origin}/`) ? files.get(new URL(url).pathname) : undefined;
    },
    serve(url) {
      const file = files.get(url.pathname);
      const expires = url.searchParams.get('ex') ?? '';
      const issued = url.searchParams.get('is') ?? '';
      if (file === undefined || url.searchParams.get('hm') !== sign(file.path, expires, issued))
        return { status: 404 };
      // The CDN answers 404 as well to an address whose time is over.
      if (Number.parseInt(expires, 16) * 1000 <= clock.now()) return { status: 404 };
      return contents.has(file.id) ? { status: 200, file } : { status: 404 };
    },
    remove(file) {
      files.delete(file.path);
      drop(file.id);
    },
  };
  return store;
}
