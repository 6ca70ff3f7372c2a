import { count } from './en-names.ts';

/** Texts of `/privacy`. */
export const privacy = {
  command: 'What I store about you: get it, or have it removed',
  subcommands: {
    export: 'A file of all that is stored about you, for you alone',
    erase: 'Remove what is stored about you; asks once more',
  },

  /** The first lines of the file. */
  about:
    'What this bot stores about you, on all servers. Times are UTC; credits are the bot’s own.',
  exported: (things: number) =>
    `Here is all that I store about you, on all servers: ${count(things, 'entry', 'entries')}. The file is for you alone. \`/privacy erase\` removes what can be removed.`,
  packed: 'It is packed with gzip, since it would not fit otherwise.',
  nothing: 'I store nothing about you.',
  tooLarge: (megabytes: number) =>
    `What I store about you takes ${megabytes} MB even when packed, which is more than I may attach here. Try it in another place (a direct message to me, or a server with more room), or ask whoever runs me for it.`,
  cannotAttach:
    'I cannot attach a file here: I lack **Attach Files**. Try it in a direct message to me.',

  ask: [
    '### Remove what I store about you?',
    '**What goes**, on all servers and for good: your prompts and settings, the pictures that I keep, where and when you asked, and your id in my records and logs.',
    '**What stays**: messages that I have posted (if they should go, press **Delete** on them first: afterwards I cannot); blocks and limits that moderators set for you, by your id; and how many credits were spent, under a keyed hash in place of your id. That hash counts for limits until the longest of them (30 days) has passed.',
    'What is still being made, or waits to be shown to you, is left alone. `/privacy export` gives you a copy first.',
  ].join('\n'),
  yes: 'Yes, remove it',
  notYours: 'Only the member who asked can do that.',
  erased: (requests: number) =>
    requests === 0
      ? 'Done. There were no finished requests of yours to remove; what else was stored about you is removed.'
      : `Done. ${count(requests, 'request')} of yours ${requests === 1 ? 'is' : 'are'} removed, with prompt, settings and pictures.`,
  left: (n: number) =>
    n === 1
      ? '1 request of yours was left alone: it is still under way, or waits to be shown to you. Use `/privacy erase` again when it has ended.'
      : `${count(n, 'request')} of yours were left alone: they are still under way, or wait to be shown to you. Use \`/privacy erase\` again when they have ended.`,
  picturesLater: (days: number) =>
    `Some pictures could not be removed just now; they go by themselves within ${count(days, 'day')}.`,
  stays:
    'What stays: messages that I have posted, blocks and limits that moderators set for you, and how many credits were spent, under a keyed hash in place of your id.',
} as const;
