const maxBytes = 5 * 1024 * 1024;
const types = new Set(['image/jpeg', 'image/png', 'image/webp']);

/**
 * What is wrong with a picture to start from: the server asks for it itself, first for its headers. An
 * `s3://` address would have to be an upload of the account's, and the stand-in has none.
 *
 * @returns status and `error`; `undefined` where it can be used
 */
export async function initImageProblem(
  url: string,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly message: string } | undefined> {
  if (url === '') return undefined;
  if (url.startsWith('s3://')) return { status: 401, message: 'init_image_not_owned' };
  return (await isUsable(url, signal))
    ? undefined
    : { status: 400, message: 'image_url_width_height_error' };
}

async function isUsable(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const head = await fetch(url, { method: 'HEAD', signal });
    if (!head.ok || !types.has(head.headers.get('content-type') ?? '')) return false;
    if (Number(head.headers.get('content-length') ?? 0) > maxBytes) return false;
    const body = await fetch(url, { signal });
    return body.ok && (await body.arrayBuffer()).byteLength <= maxBytes;
  } catch {
    return false;
  }
}
