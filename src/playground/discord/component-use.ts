import { ComponentType, InteractionType } from 'discord-api-types/v10';
import { ApplicationCommandOptionType as Option } from 'discord-api-types/v10';
import { walkComponents } from './component-tree.ts';
import type { AnyComponent } from './component-tree.ts';
import type { Core } from './core.ts';
import { sendInteraction } from './interaction-sending.ts';
import { canSee, isPlaceholder } from './message-store.ts';
import type { Message } from './message-store.ts';
import type { Json } from './payloads.ts';
import { ClientRefused } from './person.ts';
import type { Invocation } from './person.ts';
import { createResolver } from './resolver.ts';
import type { SeenMessage } from './seen.ts';
import { seenButtons } from './seen-message.ts';
import type { User } from './world.ts';

/** Presses a button. @throws {ClientRefused} */
export function pressIn(
  core: Core,
  user: User,
  target: SeenMessage | string,
  button: string | number,
  raw: boolean,
): Invocation {
  const message = messageFor(core, user, target, raw);
  const buttons = seenButtons(message.components);
  const found =
    typeof button === 'number'
      ? buttons[button]
      : (buttons.find(({ customId }) => customId === button) ??
        buttons.find(({ label, emoji }) => label === button || emoji === button));
  const named = buttons.map(({ label, customId }) => `${label} (${customId ?? 'link'})`).join(', ');
  if (!raw) {
    if (found === undefined)
      throw new ClientRefused(`there is no button ${button}; there are: ${named || 'none'}`);
    if (found.disabled) throw new ClientRefused(`the button ${found.label} is disabled`);
  }
  const customId = found?.customId ?? (raw ? String(button) : undefined);
  if (customId === undefined) throw new ClientRefused('a link button opens a page only');
  return send(core, user, message, { custom_id: customId, component_type: ComponentType.Button });
}

const optionTypes: Partial<Record<ComponentType, Option>> = {
  [ComponentType.StringSelect]: Option.String,
  [ComponentType.UserSelect]: Option.User,
  [ComponentType.RoleSelect]: Option.Role,
  [ComponentType.MentionableSelect]: Option.Mentionable,
  [ComponentType.ChannelSelect]: Option.Channel,
};

const selects = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/** Chooses in a select. @throws {ClientRefused} */
export function chooseIn(
  core: Core,
  user: User,
  target: SeenMessage | string,
  customId: string,
  values: readonly string[],
  raw: boolean,
): Invocation {
  const message = messageFor(core, user, target, raw);
  const select = walkComponents(message.components).find(
    (component) => component.custom_id === customId && selectType(component) !== undefined,
  );
  const type = select === undefined ? ComponentType.StringSelect : selectType(select);
  if (!raw) {
    if (select === undefined) throw new ClientRefused(`there is no select ${customId}`);
    const problem = selectProblem(select, values);
    if (problem !== undefined) throw new ClientRefused(`${customId}: ${problem}`);
  }
  const resolver = createResolver(core, message.channel.guild, user);
  const option = optionTypes[type ?? ComponentType.StringSelect] ?? Option.String;
  const sent = values.map((value) => resolver.resolve(option, value, { raw }));
  const resolved = resolver.resolved();
  return send(core, user, message, {
    custom_id: customId,
    component_type: type ?? ComponentType.StringSelect,
    values: sent,
    ...(resolved === undefined ? {} : { resolved }),
  });
}

function selectType(component: AnyComponent): ComponentType | undefined {
  return selects.find((type) => type === component.type);
}

/** Why a select does not take these values. */
export function selectProblem(select: AnyComponent, values: readonly string[]): string | undefined {
  if (select.disabled === true) return 'is disabled';
  const min = typeof select.min_values === 'number' ? select.min_values : 1;
  const max = typeof select.max_values === 'number' ? select.max_values : 1;
  if (values.length < min || values.length > max) return `takes ${min} to ${max} values`;
  const { options } = select;
  if (!Array.isArray(options)) return undefined;
  const offered = options.map((option: unknown) =>
    typeof option === 'object' && option !== null && 'value' in option ? option.value : undefined,
  );
  const wrong = values.find((value) => !offered.includes(value));
  return wrong === undefined ? undefined : `does not offer ${wrong}`;
}

function messageFor(core: Core, user: User, target: SeenMessage | string, raw: boolean): Message {
  const id = typeof target === 'string' ? target : target.id;
  const message = core.messages.get(id);
  if (message === undefined) throw new ClientRefused(`the message ${id} does not exist (any more)`);
  if (!raw && !canSee(user, message))
    throw new ClientRefused(`${user.name} does not see the message ${id}`);
  if (!raw && isPlaceholder(message))
    throw new ClientRefused(`the message ${id} has nothing on it yet`);
  return message;
}

function send(core: Core, user: User, message: Message, data: Json): Invocation {
  return sendInteraction(
    core,
    {
      type: InteractionType.MessageComponent,
      user,
      channel: message.channel,
      command: undefined,
      sourceId: message.id,
      openedBy: undefined,
    },
    data,
  );
}
