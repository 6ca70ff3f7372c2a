import type { GenerateFault } from '../image-api/faults.ts';
import { standInTitles } from '../stand-ins.ts';
import type { AnyStandIn, StandInName } from '../stand-ins.ts';

/** Something that can be made to go wrong. */
export interface PlayFault {
  readonly name: string;
  readonly says: string;
  /** While it lasts, requests are not answered. */
  readonly holds?: boolean;
  /** Begins it; returns what ends it. */
  begin(): () => void;
}

/** What can go wrong with one image API. Each name begins with the API's. */
export function apiFaults(api: StandInName, standIn: AnyStandIn): PlayFault[] {
  const title = standInTitles[api];
  const generating = (fault: GenerateFault) => () => standIn.faults.when(always, fault);
  return [
    {
      name: `${api} slow`,
      says: `${title} keeps every request waiting.`,
      holds: true,
      begin() {
        const gate = Promise.withResolvers<void>();
        const end = standIn.faults.when(always, { kind: 'hold', until: gate.promise });
        return () => {
          end();
          gate.resolve();
        };
      },
    },
    {
      name: `${api} down`,
      says: `${title} is out of order and answers 503.`,
      begin: generating({ kind: 'status', status: 503 }),
    },
    {
      name: `${api} busy`,
      says: `${title} has too many requests and answers 429.`,
      holds: true,
      begin: generating({ kind: 'status', status: 429 }),
    },
    {
      name: `${api} key`,
      says: `${title} does not accept the key any more (401).`,
      begin: generating({ kind: 'status', status: 401 }),
    },
    {
      name: `${api} credits`,
      says: `The account at ${title} has no credits left.`,
      begin() {
        const { books } = standIn;
        const before = books.creditsLeft;
        books.creditsLeft = 0;
        return () => {
          books.creditsLeft = before;
        };
      },
    },
    {
      name: `${api} cut`,
      says: `${title} makes the pictures and charges for them, but its answer never arrives.`,
      begin: generating({ kind: 'cut', when: 'after-charging' }),
    },
    {
      name: `${api} one`,
      says: `${title} makes one picture, however many are asked for.`,
      begin: generating({ kind: 'makes', images: 1 }),
    },
    {
      name: `${api} garbage`,
      says: `${title} answers with something that is not JSON.`,
      begin: generating({ kind: 'garbage', body: 'not-json' }),
    },
    {
      name: `${api} gone`,
      says: `Once: a picture of ${title} is gone when the bot comes to fetch it.`,
      begin() {
        standIn.faults.nextDownload({ kind: 'gone' });
        return () => undefined;
      },
    },
  ];
}

function always(): boolean {
  return true;
}
