import type { Draft } from './draft.ts';
import { nodesAt } from './json.ts';
import type { Node } from './json.ts';
import { listLength, problemAt, required, textLength } from './problem.ts';
import type { Problem } from './problem.ts';
import type { UploadedFile } from './uploaded-file.ts';

/** File parts and the `attachments` that describe them (docs: reference, Uploading Files). */
export function checkAttachments(draft: Draft): Problem[] {
  return [
    ...listLength(draft.message, 'attachments', { max: 10 }),
    ...parts(draft.files),
    ...described(draft),
    ...nodesAt(draft.message, 'attachments').flatMap((node) => entry(draft, node)),
    ...uniqueIds(draft.message),
  ];
}

/** The number of a file part, which is its attachment's id: 3 of `files[3]`. */
export function indexOf(file: UploadedFile): string | undefined {
  return /^files\[([0-9])\]$/.exec(file.name)?.[1];
}

/** An id is a text or, as the documentation allows, a number. */
export function idOf(node: Node): string | undefined {
  const id = node.value['id'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function parts(files: readonly UploadedFile[]): Problem[] {
  const names = files.map(({ name }) => name);
  return files.flatMap((file, position) => [
    ...(indexOf(file) === undefined
      ? [{ path: file.name, problem: 'a file part must be named files[0] to files[9]' }]
      : []),
    ...(names.indexOf(file.name) < position
      ? [{ path: file.name, problem: 'a file part must have a name of its own' }]
      : []),
    ...(file.filename.length < 1 || file.filename.length > 1024
      ? [
          {
            path: file.name,
            problem: `the file name must be 1 to 1024 characters long, but is ${String(file.filename.length)}`,
          },
        ]
      : []),
  ]);
}

/** Where there is a list of attachments it is the whole list: a file that is not in it would be lost. */
function described({ message, files }: Draft): Problem[] {
  if (!Array.isArray(message.value['attachments'])) return [];
  const ids = new Set(nodesAt(message, 'attachments').map(idOf));
  return files
    .filter((file) => {
      const index = indexOf(file);
      return index !== undefined && !ids.has(index);
    })
    .map((file) => ({
      path: file.name,
      problem: 'has no entry in attachments, though attachments are given',
    }));
}

function entry(draft: Draft, node: Node): Problem[] {
  return [
    ...checkId(draft, node),
    ...textLength(node, 'filename', { min: 1, max: 1024 }),
    ...textLength(node, 'description', { max: 1024 }),
  ];
}

/** A new message has new files only; an edit may keep old ones, which are named by their snowflake. */
function checkId({ files, edits }: Draft, node: Node): Problem[] {
  const value = idOf(node);
  if (value === undefined) return [required(node, 'id')];
  if (files.some((file) => indexOf(file) === value)) return [];
  if (edits && isKept(value)) return [];
  const problem = edits
    ? `must be the number of a file part or the id of an attachment to keep, but is ${value}`
    : `must be the number of a file part, but there is no files[${value}]`;
  return [problemAt(node, 'id', problem)];
}

/** A snowflake of a real attachment has 17 digits at least (2016 and later); a file's number has one. */
export function isKept(id: string): boolean {
  return /^[1-9][0-9]{16,19}$/.test(id);
}

function uniqueIds(message: Node): Problem[] {
  const seen = new Set<string>();
  return nodesAt(message, 'attachments').flatMap((node) => {
    const value = idOf(node);
    if (value === undefined || !seen.has(value)) {
      if (value !== undefined) seen.add(value);
      return [];
    }
    return [problemAt(node, 'id', `must be unique, but ${value} is there twice`)];
  });
}
