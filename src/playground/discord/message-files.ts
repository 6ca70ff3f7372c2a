import { apiError, invalidForm } from './api-error.ts';
import type { Problem } from './api-error.ts';
import type { FileStore, StoredFile } from './file-store.ts';
import type { MessageBody } from './message-body.ts';
import type { Upload } from './read-body.ts';

/** The files that a message will have; nothing is stored before `commit`. */
export interface FilePlan {
  readonly names: readonly string[];
  /** Whether a file that the message already has will stay. */
  keeps(id: string): boolean;
  /** Stores the new files and returns all, in the message's order. */
  commit(): readonly StoredFile[];
}

const maxFiles = 10;

/**
 * Works out kept and new files: without `attachments` everything stays and all uploads are added;
 * with it only what it names is there afterwards. Source: REF "Uploading Files", "Editing Message
 * Attachments".
 *
 * @throws {ApiError} 40005 for a file over the limit, 50035 for ids that fit nothing
 */
export function planFiles(draft: {
  readonly body: MessageBody;
  readonly uploads: readonly Upload[];
  readonly before: { readonly files: readonly StoredFile[] } | undefined;
  readonly sizeLimit: number;
  readonly store: FileStore;
  readonly folder: string;
}): FilePlan {
  const { body, before, sizeLimit, store, folder } = draft;
  const problems: Problem[] = [];
  const uploads = new Map<string, Upload>();
  for (const upload of draft.uploads) {
    const index = /^files\[(\d+)\]$/.exec(upload.name)?.[1];
    if (index === undefined || uploads.has(index))
      problems.push({
        path: upload.name,
        code: 'UPLOAD_NAME',
        message: 'Files are uploaded as files[0], files[1] …, each once',
      });
    else uploads.set(index, upload);
    if (upload.bytes.length > sizeLimit) throw apiError(40005);
  }

  type Planned = { readonly name: string; readonly id: string | undefined; store(): StoredFile };
  const kept = (file: StoredFile): Planned => ({
    name: file.filename,
    id: file.id,
    store: () => file,
  });
  const fresh = (
    upload: Upload,
    told: {
      filename?: string | undefined;
      description?: string | null | undefined;
      is_spoiler?: boolean | undefined;
    } = {},
  ): Planned => {
    const filename = told.filename ?? upload.filename;
    return {
      name: filename,
      id: undefined,
      store: () =>
        store.add({
          filename,
          bytes: upload.bytes,
          contentType: upload.contentType,
          description: told.description ?? undefined,
          spoiler: told.is_spoiler ?? false,
          folder,
        }),
    };
  };

  const old = before?.files ?? [];
  const planned: Planned[] = [];
  if (body.attachments === undefined || body.attachments === null) {
    planned.push(...old.map(kept), ...[...uploads.values()].map((upload) => fresh(upload)));
  } else {
    const left = new Map(uploads);
    for (const [index, told] of body.attachments.entries()) {
      const file = old.find(({ id }) => id === told.id);
      const upload = left.get(told.id);
      if (file !== undefined) {
        const description = told.description === undefined ? file.description : told.description;
        planned.push(kept({ ...file, description: description ?? undefined }));
      } else if (upload !== undefined) {
        left.delete(told.id);
        planned.push(fresh(upload, told));
      } else {
        problems.push({
          path: `attachments[${index}].id`,
          code: 'ATTACHMENT_NOT_FOUND',
          message: `${told.id} is neither an upload of this request nor a file of the message`,
        });
      }
    }
    for (const index of left.keys())
      problems.push({
        path: `files[${index}]`,
        code: 'ATTACHMENT_NOT_LISTED',
        message: 'Where attachments are listed, every upload must be among them',
      });
  }
  if (planned.length > maxFiles)
    problems.push({
      path: 'attachments',
      code: 'BASE_TYPE_MAX_LENGTH',
      message: `Must be ${maxFiles} or fewer in length.`,
    });
  if (problems.length > 0) throw invalidForm(...problems);

  return {
    names: planned.map(({ name }) => name),
    keeps: (id) => planned.some((file) => file.id === id),
    commit: () => planned.map((file) => file.store()),
  };
}
