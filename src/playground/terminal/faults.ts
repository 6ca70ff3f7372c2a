import type { Discord } from '../discord/control.ts';
import { apiFaults } from './api-faults.ts';
import type { PlayFault } from './api-faults.ts';
import type { Stage } from './stage.ts';

/** What can go wrong with Discord. */
function discordFaults(discord: Discord): PlayFault[] {
  return [
    {
      name: 'discord upload',
      says: 'Discord takes files of 100 KiB at most.',
      begin() {
        const guild = discord.guild();
        const before = guild.settings.attachmentSizeLimit;
        guild.settings.attachmentSizeLimit = 100 * 1024;
        return () => {
          guild.settings.attachmentSizeLimit = before;
        };
      },
    },
    {
      name: 'discord automod',
      says: 'Discord’s AutoMod lets no text with the word "fox" through.',
      begin() {
        const guild = discord.guild();
        guild.settings.forbiddenWords = ['fox'];
        return () => {
          guild.settings.forbiddenWords = [];
        };
      },
    },
    {
      name: 'discord gateway drop',
      says: 'Once: the connection to Discord’s gateway breaks; the bot takes it up again.',
      begin() {
        discord.gateway.drop();
        return () => undefined;
      },
    },
  ];
}

/** The faults that are on. */
export interface FaultSwitch {
  /** Requests are kept waiting. */
  readonly holding: boolean;
  /**
   * Does what stands behind "fault" and returns what to say about it. Each lasts until "off" unless it
   * says "once"; without an API's name it is the first API's.
   */
  turn(name: string): string;
  endAll(): void;
}

export function createFaultSwitch({ standIns, discord }: Stage): FaultSwitch {
  const apis = [...standIns.keys()];
  const [first = ''] = apis;
  const faults = [
    ...[...standIns].flatMap(([name, standIn]) => apiFaults(name, standIn)),
    ...discordFaults(discord),
  ];
  const on = new Map<PlayFault, () => void>();
  const find = (name: string): PlayFault | undefined => faults.find((each) => each.name === name);
  const endAll = (): void => {
    for (const end of on.values()) end();
    on.clear();
    for (const standIn of standIns.values()) standIn.faults.clear();
    discord.faults.clear();
  };

  function faultList(asked: string): string {
    const listed = faults.filter(
      ({ name }) => !apis.slice(1).some((api) => name.startsWith(`${api} `)),
    );
    return [
      asked === '' ? 'What can go wrong:' : `There is no fault "${asked}". There are:`,
      ...listed.map(({ name, says }) => `  fault ${name.padEnd(21)} ${says}`),
      '  fault off                   Everything works again.',
      ...(apis.length > 1 ? [`In the place of ${first} also ${apis.slice(1).join(', ')}.`] : []),
    ].join('\n');
  }

  return {
    get holding() {
      return [...on.keys()].some(({ holds }) => holds === true);
    },
    turn(name) {
      if (name === 'off') {
        endAll();
        return 'Everything works again.';
      }
      const fault = find(name) ?? find(`${first} ${name}`);
      if (fault === undefined) return faultList(name);
      on.get(fault)?.();
      on.set(fault, fault.begin());
      return fault.says;
    },
    endAll,
  };
}
