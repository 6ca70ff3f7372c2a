import { ComponentType } from 'discord-api-types/v10';
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { walkComponents } from './component-tree.ts';
import type { SeenSelect } from './seen.ts';

const selects: readonly unknown[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/** All selects, in reading order. */
export function seenSelects(components: readonly APIMessageTopLevelComponent[]): SeenSelect[] {
  return walkComponents(components)
    .filter(({ type }) => selects.includes(type))
    .map((select) => ({
      customId: text(select.custom_id) ?? '',
      placeholder: text(select.placeholder),
      options: (Array.isArray(select.options) ? select.options : []).map(seenOption),
      disabled: select.disabled === true,
    }));
}

function seenOption(option: unknown): SeenSelect['options'][number] {
  const { label, value, description, default: chosen } = { ...(isObject(option) ? option : {}) };
  return {
    label: text(label) ?? '',
    value: text(value) ?? '',
    description: text(description),
    chosen: chosen === true,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
