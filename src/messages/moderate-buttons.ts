import { customId } from './custom-id.ts';

const write = (action: string, ref: string): string =>
  customId({ command: 'moderate', action, ref });

/** What stands on moderators' private answers. The refs are ids of generations and members. */
export const moderateButtons = {
  delete: (generationId: string) => write('delete', generationId),
  deleteAndBlock: (generationId: string) => write('delete-and-block', generationId),
  last: (memberId: string) => write('last', memberId),
  /** A select; its values are ids of generations. */
  open: (memberId: string) => write('open', memberId),
} as const;
