import type { ClaidStorage } from './settings.ts';

/** Where an object went. */
export interface StoredObject {
  readonly object_key: string;
  readonly object_bucket: string;
  readonly object_uri: string;
  readonly claid_storage_uri: string;
}

/** A connected storage and the folder in it that an output names. */
export interface OutputFolder {
  readonly storage: ClaidStorage;
  readonly folder: string;
}

/**
 * Finds the storage of a checked `storage://name/folder/`. `absent` where none has that name,
 * `read-only` for a web folder, to which nothing can be written.
 */
export function findOutput(
  output: string,
  storages: readonly ClaidStorage[],
): OutputFolder | 'absent' | 'read-only' {
  const [, name = '', folder = ''] = /^storage:\/\/([^/]+)\/(.*)$/.exec(output) ?? [];
  const storage = storages.find((it) => it.name === name);
  if (storage === undefined) return 'absent';
  if (storage.type === 'web_folder') return 'read-only';
  return { storage, folder };
}

/** How the answer names an object of this file name. */
export function describeObject({ storage, folder }: OutputFolder, fileName: string): StoredObject {
  const key = `${storage.path}${decoded(folder)}${fileName}`;
  return {
    object_key: key,
    object_bucket: storage.bucket,
    object_uri: `${storage.type === 'gcs' ? 'gs' : 's3'}://${storage.bucket}/${encodeURI(key)}`,
    claid_storage_uri: `storage://${storage.name}/${folder}${fileName}`,
  };
}

function decoded(folder: string): string {
  try {
    return decodeURIComponent(folder);
  } catch {
    return folder;
  }
}
