import { callbackSchema, checkCallback } from './callback.ts';
import { checkCommands } from './commands.ts';
import { draftOf } from './draft.ts';
import { isObject, pathTo } from './json.ts';
import type { Node } from './json.ts';
import { checkMessage } from './message.ts';
import { readOpenApi } from './openapi.ts';
import type { OpenApi } from './openapi.ts';
import type { Problem } from './problem.ts';
import type { UploadedFile } from './uploaded-file.ts';

export type { UploadedFile } from './uploaded-file.ts';

/** One thing that Discord would refuse, or that its documentation forbids. */
export interface Violation {
  readonly operation: string;
  /** Where in the body, e.g. `components[0].components[1].label`; `files[0]` for a file; '' for the body as a whole. */
  readonly path: string;
  /** A sentence with the allowed range. */
  readonly problem: string;
}

/** The requests of a bot that the contract knows. */
export type Operation =
  | 'create-interaction-response'
  | 'update-original'
  | 'execute-webhook'
  | 'update-webhook-message'
  | 'create-message'
  | 'edit-message'
  | 'bulk-global-commands'
  | 'bulk-guild-commands';

/** What Discord asks of the bodies that a bot sends. */
export interface Contract {
  /**
   * Every violation of a parsed body (of `payload_json` where there are files); empty when it is sound.
   * It looks at one request alone, so that what depends on the message that an edit changes, or on the
   * size limit of an interaction, is for the server to check.
   */
  check(operation: Operation, body: unknown, files: readonly UploadedFile[]): Violation[];
}

/**
 * The contract: our own rules always, and Discord's OpenAPI document where its path is given.
 *
 * @throws where the document cannot be read
 */
export function createContract({ openApiPath }: { readonly openApiPath?: string }): Contract {
  const openApi = openApiPath === undefined ? undefined : readOpenApi(openApiPath);
  return {
    check(operation, body, files) {
      const { rules, schema } = KINDS[operation];
      const own = rules(body, files);
      // Where both have something to say of one place, our own sentence is the clearer one.
      const paths = new Set(own.map(({ path }) => path));
      const others = openApi === undefined ? [] : schema(openApi, body);
      return unique([...own, ...others.filter(({ path }) => !paths.has(path))]).map((problem) => ({
        operation,
        ...problem,
      }));
    },
  };
}

interface Kind {
  readonly rules: (body: unknown, files: readonly UploadedFile[]) => Problem[];
  readonly schema: (openApi: OpenApi, body: unknown) => Problem[];
}

/**
 * The schemas are named rather than found by path, since the document offers unions where the request
 * itself says which one it is: a callback by its type, a webhook message by its method.
 */
const KINDS: Readonly<Record<Operation, Kind>> = {
  'create-interaction-response': {
    rules: (body, files) => onObject(body, (node) => checkCallback(node, files)),
    schema(openApi, body) {
      const name = callbackSchema(isObject(body) ? body['type'] : undefined);
      return name === undefined ? [] : openApi.check(name, body);
    },
  },
  'update-original': message('IncomingWebhookUpdateRequestPartial', true),
  'update-webhook-message': message('IncomingWebhookUpdateRequestPartial', true),
  'edit-message': message('MessageEditRequestPartial', true),
  'execute-webhook': message('IncomingWebhookRequestPartial', false),
  'create-message': message('MessageCreateRequest', false),
  'bulk-global-commands': commands(),
  'bulk-guild-commands': commands(),
};

function message(schema: string, edits: boolean): Kind {
  return {
    rules: (body, files) => onObject(body, (node) => checkMessage(draftOf(node, files, edits))),
    schema: (openApi, body) => openApi.check(schema, body),
  };
}

function commands(): Kind {
  return {
    rules: checkCommands,
    schema: (openApi, body) =>
      (Array.isArray(body) ? body : []).flatMap((command: unknown, index) =>
        openApi
          .check('ApplicationCommandUpdateRequest', command)
          .map(({ path, problem }) => ({ path: joined(pathTo('', index), path), problem })),
      ),
  };
}

function onObject(body: unknown, check: (node: Node) => Problem[]): Problem[] {
  if (isObject(body)) return check({ value: body, path: '' });
  return [{ path: '', problem: 'the body must be a JSON object' }];
}

function joined(parent: string, path: string): string {
  return path === '' ? parent : pathTo(parent, path);
}

function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ path, problem }) => {
    const key = `${path}\n${problem}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
