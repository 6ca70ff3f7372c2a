import { ComponentType, InteractionType, TextInputStyle } from 'discord-api-types/v10';
import type { AnyComponent } from './component-tree.ts';
import { selectProblem } from './component-use.ts';
import type { Core } from './core.ts';
import { sendInteraction } from './interaction-sending.ts';
import type { Json } from './payloads.ts';
import { ClientRefused } from './person.ts';
import type { Invocation } from './person.ts';
import type { User } from './world.ts';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** Sends a modal that an interaction of this person opened. @throws {ClientRefused} */
export function submitModal(
  core: Core,
  user: User,
  opened: Invocation,
  values: Values,
  raw: boolean,
): Invocation {
  const openedBy = core.interactions.get(opened.id);
  if (openedBy?.modal === undefined) throw new ClientRefused('no modal was opened');
  if (!raw && openedBy.user !== user)
    throw new ClientRefused(`the modal was opened for ${openedBy.user.name}`);
  const known = new Set<string>();
  const components = openedBy.modal.components.map((component) =>
    filled({ ...component }, values, known, raw),
  );
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown !== undefined && !raw) throw new ClientRefused(`the modal has no field ${unknown}`);
  return sendInteraction(
    core,
    {
      type: InteractionType.ModalSubmit,
      user,
      channel: openedBy.channel,
      command: undefined,
      sourceId: openedBy.sourceId,
      openedBy,
    },
    { custom_id: openedBy.modal.custom_id, components },
  );
}

/** A component of a modal as it comes back, with what was entered. */
function filled(component: AnyComponent, values: Values, known: Set<string>, raw: boolean): Json {
  const { type, id, component: inner, components } = component;
  if (isObject(inner)) return { type, id, component: filled(inner, values, known, raw) };
  if (Array.isArray(components))
    return {
      type,
      id,
      components: components.filter(isObject).map((child) => filled(child, values, known, raw)),
    };
  const { custom_id: name } = component;
  if (typeof name !== 'string') return { type, id };
  known.add(name);
  const isText = type === ComponentType.TextInput;
  const value = values[name] ?? (isText ? startingText(component) : []);
  if (!raw) check(name, component, value);
  return isText
    ? { type, id, custom_id: name, value }
    : { type, id, custom_id: name, values: value };
}

function startingText({ value }: AnyComponent): string {
  return typeof value === 'string' ? value : '';
}

function check(name: string, component: AnyComponent, value: string | readonly string[]): void {
  const refuse = (why: string): never => {
    throw new ClientRefused(`${name}: ${why}`);
  };
  const required = component.required !== false;
  if (typeof value !== 'string') {
    if (value.length === 0 && !required) return;
    const problem = selectProblem(component, value);
    if (problem !== undefined) refuse(problem);
    return;
  }
  const length = Array.from(value).length;
  if (length === 0) {
    if (required) refuse('is required');
    return;
  }
  const { min_length: min, max_length: max = 4000, style } = component;
  if (typeof min === 'number' && length < min) refuse(`must have at least ${min} characters`);
  if (typeof max === 'number' && length > max) refuse(`must have at most ${max} characters`);
  if (style === TextInputStyle.Short && value.includes('\n')) refuse('has one line only');
}

function isObject(value: unknown): value is AnyComponent {
  return typeof value === 'object' && value !== null;
}
