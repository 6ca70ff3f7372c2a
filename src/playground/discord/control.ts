import type {
  APIApplicationCommand,
  ChannelType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { Clock } from '../../clock.ts';
import type { Contract, Violation } from './contract/contract.ts';
import type { DiscordEvents, RequestRecord } from './event.ts';
import type { Person } from './person.ts';

export type { DiscordEvent, DiscordEvents, RequestRecord } from './event.ts';
export { ClientRefused, ServerRefused } from './person.ts';
export type { GivenFile, Invocation, OptionValues, Person } from './person.ts';
export type { SeenButton, SeenFile, SeenMessage, SeenSelect } from './seen.ts';

/** A permission by Discord's name, for example `ManageMessages`. */
export type Permission = keyof typeof PermissionFlagsBits;

export interface DiscordOptions {
  /** Measures the 3 s to acknowledge, the 15 min of a token, rate limits, delays, and gives ids their time. */
  readonly clock: Clock;
  /** Any free port unless given. Always on 127.0.0.1. */
  readonly port?: number;
  /** Discord's official OpenAPI document, to check bodies against. */
  readonly openApiPath?: string;
  /** Checks bodies instead of the built-in one. */
  readonly contract?: Contract;
  /** Off for benches; on unless given. */
  readonly rateLimits?: boolean;
  /** Privileged intents that the application has switched on (bits); none unless given. */
  readonly privilegedIntents?: number;
  /** The bytes of files kept for comparison, oldest dropped first; 512 MiB unless given. */
  readonly keptFileBytes?: number;
}

/** The stand-in Discord, and everything that can be done to it. */
export interface Discord {
  /** For discord.js: `new Client({ rest: { api: discord.apiUrl } })`. */
  readonly apiUrl: string;
  /** `http://127.0.0.1:PORT`; attachments are served here. */
  readonly origin: string;
  /** The bot's token; every other one is refused. */
  readonly token: string;
  readonly applicationId: string;
  /** The bot's user; Discord uses one id for both. */
  readonly botId: string;
  readonly events: DiscordEvents;
  readonly faults: Faults;
  readonly gateway: GatewayControl;
  /** What the bot sent that Discord would refuse or forbids; tests assert that it is empty. */
  readonly violations: readonly Violation[];
  /** The latest 20 000 REST requests, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** All guilds, in the order in which they were made; the first is "Playground". */
  readonly guilds: readonly GuildControl[];
  /** Somebody by name: alice, bob, dave, erin, mod, owner (guild "Playground"), carol (guild "Elsewhere"), or added. @throws when unknown */
  as(name: string): Person;
  /** By name or id; "Playground" unless given. @throws when unknown */
  guild(nameOrId?: string): GuildControl;
  /** A guild with the bot in it, an owner of its own, #general, #pictures and no other members. */
  addGuild(name: string, settings?: Partial<GuildSettings>): GuildControl;
  /** The name of a person, a bot, a role or a channel. */
  nameOf(id: string): string | undefined;
  /** The registered commands: of the guild, or the global ones. */
  commands(guild?: string): readonly APIApplicationCommand[];
  /** Resolves when a gateway session is up and each of these commands is registered, globally or for a guild. */
  ready(...commands: readonly string[]): Promise<void>;
  /** Closes every connection and timer; invocations under way stay unanswered. */
  close(): Promise<void>;
}

/** What can be set for a guild, at any time. */
export interface GuildSettings {
  /** The largest file that an interaction may attach; 10 MiB unless set. Channel messages: the smaller of it and 10 MiB. */
  attachmentSizeLimit: number;
  /** AutoMod blocks a post or edit whose text contains one of these, whatever its case (error 200000). */
  forbiddenWords: readonly string[];
  /** `preferred_locale`; `en-US` unless set. */
  locale: string;
}

/** One guild. People, roles and channels are named by name or id; `bot` is the bot, `@everyone` the role. */
export interface GuildControl {
  readonly id: string;
  readonly name: string;
  readonly settings: GuildSettings;
  channelId(nameOrId: string): string;
  roleId(nameOrId: string): string;
  /** The names of the guild's channels and threads. */
  readonly channels: readonly string[];
  /** The names of the guild's members, bots among them. */
  readonly members: readonly string[];
  /** The names of the guild's roles, @everyone and the bot's own among them. */
  readonly roles: readonly string[];
  addChannel(channel: NewChannel): string;
  /** Adds a role without members and returns its id. */
  addRole(name: string, permissions?: readonly Permission[]): string;
  /** Adds somebody, making the person when the name is new to the stand-in. */
  addMember(name: string, roles?: readonly string[]): Person;
  /** Adds another bot and returns its id; nobody acts as it. */
  addBot(name: string): string;
  /** A member leaves; their messages stay. */
  removeMember(name: string): void;
  /** Gives a member exactly these roles, besides @everyone. */
  setRoles(member: string, roles: readonly string[]): void;
  /** Takes it from all members and channels. */
  deleteRole(nameOrId: string): void;
  /** What a role allows, exactly; `bot` is the bot's own role. */
  setPermissions(role: string, permissions: readonly Permission[]): void;
  /** Allows and denies for a role, a member or `bot` in one channel, replacing what was set for them there. */
  setOverwrite(
    channel: string,
    who: string,
    overwrite: { readonly allow?: readonly Permission[]; readonly deny?: readonly Permission[] },
  ): void;
  /**
   * As on the page Integrations: a role or a member may use a command, or may not, whatever permissions
   * it asks for; `null` takes that back.
   *
   * @param command the name of a slash command or of one in a menu
   */
  setCommandAccess(command: string, who: string, allowed: boolean | null): void;
  /** The permissions of a member or `bot` in a channel. */
  permissions(who: string, channel: string): bigint;
  /** Makes a channel one for adults alone, or one for all; its threads follow. @throws for any other */
  setAgeRestricted(channel: string, ageRestricted: boolean): void;
  deleteChannel(nameOrId: string): void;
  /** The bot is thrown out: GUILD_DELETE, and its access is gone. */
  removeBot(): void;
}

export interface NewChannel {
  readonly name: string;
  /** A text channel unless given. A thread needs a `parent`. */
  readonly type?:
    | ChannelType.GuildText
    | ChannelType.GuildCategory
    | ChannelType.GuildAnnouncement
    | ChannelType.PublicThread
    | ChannelType.PrivateThread;
  /** Category of a channel, or channel of a thread. */
  readonly parent?: string;
  readonly ageRestricted?: boolean;
}

/** What goes wrong, and where. Every given condition must fit; the first fault added that fits is used. */
export interface Fault {
  readonly method?: string;
  /** A route as {@link RequestRecord.route} names it, or a pattern for the path. */
  readonly route?: string | RegExp;
  /** How often it happens; once unless given. */
  readonly times?: number;
  /** Waits so long on the clock before anything else. */
  readonly delayMs?: number;
  /** Holds the request back until {@link ActiveFault.release}. */
  readonly hold?: boolean;
  /** Answers with this status instead of processing the request; with `processed`, after processing it. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request is carried out although the answer is `status` or is cut. */
  readonly processed?: boolean;
  /**
   * Cuts the connection: `before-processing` nothing is done; `after-processing` it was done but no
   * answer comes; `mid-body` it was done and half of the answer comes.
   */
  readonly cut?: 'before-processing' | 'after-processing' | 'mid-body';
}

export interface ActiveFault {
  /** How often it happened. */
  readonly hits: number;
  /** Resolves when it happened for the first time (a held request has arrived). */
  readonly hit: Promise<void>;
  /** Lets all held requests go on, and later ones pass at once. */
  release(): void;
  remove(): void;
}

export interface Faults {
  add(fault: Fault): ActiveFault;
  /** Removes all; held requests go on. */
  clear(): void;
}

export interface GatewayControl {
  /** Open and identified connections. */
  readonly connections: number;
  /** Cuts every socket without a close frame; sessions can be resumed. */
  drop(): void;
  /** Asks every client to reconnect and resume (op 7). */
  reconnect(): void;
  /** Ends every session (op 9, not resumable): clients must identify anew. */
  invalidate(): void;
  /** Closes every connection with this code, for example 4000 or 4004. */
  closeWith(code: number): void;
  /** Refuses new connections until called with false; those that are open stay. */
  refuse(on: boolean): void;
}
