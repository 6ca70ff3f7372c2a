import { ComponentType } from 'discord-api-types/v10';
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';

/** A component of whatever type, as far as walking needs it. */
export type AnyComponent = Readonly<Record<string, unknown>>;

function isComponent(value: unknown): value is AnyComponent {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** All components in reading order, each before what it holds. */
export function walkComponents(roots: readonly unknown[]): AnyComponent[] {
  const found: AnyComponent[] = [];
  const visit = (value: unknown): void => {
    if (!isComponent(value)) return;
    found.push(value);
    const { components } = value;
    if (Array.isArray(components)) for (const child of components) visit(child);
    visit(value.accessory);
    visit(value.component);
  };
  for (const root of roots) visit(root);
  return found;
}

/** Whether a message with these components must be of the second version. */
export function firstSecondVersion(
  components: readonly APIMessageTopLevelComponent[],
): number | undefined {
  const index = components.findIndex((component) => component.type !== ComponentType.ActionRow);
  return index === -1 ? undefined : index;
}

/** Numbers the components that have no id yet, as Discord does: 1, 2, 3 … in reading order. */
export function numberComponents(roots: readonly unknown[]): void {
  const all = walkComponents(roots);
  const taken = new Set(all.map((component) => component.id));
  let next = 1;
  for (const component of all) {
    if (typeof component.id === 'number' && component.id !== 0) continue;
    while (taken.has(next)) next += 1;
    taken.add(next);
    Object.assign(component, { id: next });
  }
}
