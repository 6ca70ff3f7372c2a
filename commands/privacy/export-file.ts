import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const pack = promisify(gzip);

/** A file of what is stored about somebody, or how large it would be. */
export type ExportFile =
  | {
      readonly name: string;
      readonly bytes: Buffer;
      readonly contentType: string;
      readonly packed: boolean;
    }
  | { readonly tooLargeBytes: number };

/** The data as JSON that people can read, packed with gzip where it is larger than that. */
export async function exportFile(
  name: string,
  data: unknown,
  maxBytes: number,
): Promise<ExportFile> {
  const plain = Buffer.from(`${JSON.stringify(data, undefined, 2)}\n`);
  if (plain.length <= maxBytes)
    return { name: `${name}.json`, bytes: plain, contentType: 'application/json', packed: false };
  const bytes = await pack(plain);
  if (bytes.length > maxBytes) return { tooLargeBytes: bytes.length };
  return { name: `${name}.json.gz`, bytes, contentType: 'application/gzip', packed: true };
}
