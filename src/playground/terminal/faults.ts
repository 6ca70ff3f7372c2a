import type { Claid } from '../claid/claid.ts';
import type { GenerateFault, PictureFault } from '../claid/faults.ts';
import type { Stage } from './stage.ts';

/** Something that can be made to go wrong. */
interface PlayFault {
  readonly name: string;
  readonly says: string;
  /** While it lasts, requests are not answered. */
  readonly holds?: boolean;
  /** Begins it; returns what ends it. */
  begin(stage: Stage): () => void;
}

/** What can be typed behind "fault". Each lasts until "fault off" unless it says "once". */
const playFaults: readonly PlayFault[] = [
  {
    name: 'claid slow',
    says: 'Claid keeps every request waiting.',
    holds: true,
    begin({ claid }) {
      const gate = Promise.withResolvers<void>();
      const end = claid.faults.when(always, { kind: 'hold', until: gate.promise });
      return () => {
        end();
        gate.resolve();
      };
    },
  },
  {
    name: 'claid down',
    says: 'Claid is out of order and answers 503.',
    begin: generating({ kind: 'status', status: 503 }),
  },
  {
    name: 'claid busy',
    says: 'Claid has too many requests and answers 429.',
    holds: true,
    begin: generating({ kind: 'status', status: 429 }),
  },
  {
    name: 'claid key',
    says: 'Claid does not accept the key any more (401).',
    begin: generating({ kind: 'status', status: 401 }),
  },
  {
    name: 'claid credits',
    says: 'The account at Claid has no credits left (402).',
    begin: generating({ kind: 'status', status: 402 }),
  },
  {
    name: 'claid cut',
    says: 'Claid makes the pictures and charges for them, but its answer never arrives.',
    begin: generating({ kind: 'cut', when: 'after-charging' }),
  },
  {
    name: 'claid one',
    says: 'Claid makes one picture, however many are asked for.',
    begin: generating({ kind: 'makes', images: 1 }),
  },
  {
    name: 'claid garbage',
    says: 'Claid answers with something that is not JSON.',
    begin: generating({ kind: 'garbage', body: 'not-json' }),
  },
  {
    name: 'picture gone',
    says: 'Once: a picture is gone when the bot comes to fetch it.',
    begin: downloading({ kind: 'gone' }),
  },
  {
    name: 'discord upload',
    says: 'Discord takes files of 100 KiB at most.',
    begin({ discord }) {
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
    begin({ discord }) {
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
    begin({ discord }) {
      discord.gateway.drop();
      return () => undefined;
    },
  },
];

/** The faults that are on. */
export interface FaultSwitch {
  /** Requests are kept waiting. */
  readonly holding: boolean;
  /** Does what stands behind "fault" and returns what to say about it. */
  turn(name: string): string;
  endAll(): void;
}

export function createFaultSwitch(stage: Stage): FaultSwitch {
  const on = new Map<PlayFault, () => void>();
  const endAll = (): void => {
    for (const end of on.values()) end();
    on.clear();
    stage.claid.faults.clear();
    stage.discord.faults.clear();
  };
  return {
    get holding() {
      return [...on.keys()].some(({ holds }) => holds === true);
    },
    turn(name) {
      if (name === 'off') {
        endAll();
        return 'Everything works again.';
      }
      const fault = playFaults.find((each) => each.name === name);
      if (fault === undefined) return faultList(name);
      on.get(fault)?.();
      on.set(fault, fault.begin(stage));
      return fault.says;
    },
    endAll,
  };
}

function faultList(asked: string): string {
  return [
    asked === '' ? 'What can go wrong:' : `There is no fault "${asked}". There are:`,
    ...playFaults.map(({ name, says }) => `  fault ${name.padEnd(21)} ${says}`),
    '  fault off                   Everything works again.',
  ].join('\n');
}

function generating(fault: GenerateFault): PlayFault['begin'] {
  return ({ claid }) => claid.faults.when(always, fault);
}

function downloading(fault: PictureFault): PlayFault['begin'] {
  return ({ claid }: { readonly claid: Claid }) => {
    claid.faults.nextDownload(fault);
    return () => undefined;
  };
}

function always(): boolean {
  return true;
}
