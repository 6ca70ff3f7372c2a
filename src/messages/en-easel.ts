import { easelShow } from './en-easel-show.ts';
import { count } from './en-names.ts';

/** Texts of `/easel`, in English. */
export const easel = {
  /** What Discord shows of the command; each at most 100 characters. */
  described: {
    easel: 'Set up what members may do with me on this server',
    show: 'See the rules that hold here, or those that touch one member',
    showMember: 'Every rule that touches this member, and what is left',
    showChannel: 'Whether pictures may be asked for there, and why',
    limit: 'How many credits may be spent',
    limitSet: 'Limit what each member, each member with a role, or one member may spend',
    limitServer: 'Limit what all of this server together may spend',
    limitRemove: 'Take a limit away',
    credits: 'At most so many credits; 0 is none at all',
    per: 'Within any hour, day, week or month (30 days)',
    for: 'A role (for each member who has it) or a member; each member if left out',
    limitRule: 'Which limit; choose from the list',
    requests: 'What a member’s requests may be',
    pictures: 'Most pictures in one request',
    running: 'Requests of a member under way at once',
    waiting: 'Requests of a member waiting besides',
    coolDown: 'Seconds between two requests of a member; 0 is none',
    backToUsual: 'Set this back to what is usual',
    channel: 'Where pictures may be asked for',
    channelAllow: 'Allow pictures in a channel or category, or on the whole server',
    channelDeny: 'Allow no pictures in a channel or category, or on the whole server',
    channelClear: 'Let it follow what holds above it again',
    channelRule: 'Which rule, for a channel that is gone; choose from the list',
    whichChannel: 'A thread, channel or category; the whole server if left out',
    word: 'Words that prompts must not contain',
    wordAdd: 'Forbid a word, a phrase or a pattern in prompts',
    wordText: 'The word or phrase, or the pattern; small differences in writing do not matter',
    pattern: 'Take the text as a pattern (regular expression)',
    dryRun: 'Count its hits only, refuse nothing yet',
    wordRemove: 'Take a rule on words away',
    wordEnforce: 'Let a rule that ran dry refuse prompts from now on',
    wordDryRun: 'Let a rule count its hits only, and refuse nothing',
    wordRule: 'Which rule; choose from the list',
    wordList: 'See all rules on words and how often each has hit',
    wordTest: 'Try a prompt: what would hit, and why',
    prompt: 'The prompt to try; nothing is made',
    wordImport: 'Paste a list of words, one on each line',
    log: 'What happened on this server',
    logChannel: 'Where I post each generation, refusal, deletion and change',
    whichLogChannel: 'The channel; off if left out',
    logShow: 'Read the log, privately',
    kind: 'Only entries of this kind',
    moderators: 'Who may moderate me',
    moderatorsRole: 'Who may use my moderation besides those whom Discord lets',
    role: 'The role; nobody besides if left out',
  },

  periods: { hour: 'hour', day: 'day', week: 'week', month: 'month (30 days)' },
  usual: {
    pictures: 'pictures',
    running: 'running',
    waiting: 'waiting',
    'cool-down': 'cool-down',
    all: 'all of them',
  },
  kinds: {
    all: 'Everything',
    generation: 'Pictures',
    refusal: 'Refusals',
    deletion: 'Deletions',
    change: 'Changes of settings',
  },

  /** What an option must be, in the midst of a sentence, and an example. */
  wanted: {
    person: { what: 'a role or a member', example: '@Artist' },
    member: { what: 'a member', example: '@alice' },
    channel: { what: 'a channel of this server', example: '#pictures' },
    role: { what: 'a role that moderators alone have', example: '@Moderators' },
    limitRule: { what: 'one of the limits in the list', example: 'each-member:day' },
    channelRule: { what: 'one of the rules in the list', example: 'the id of a channel' },
    noRule: { what: 'left out where a channel is named', example: 'channel:#pictures' },
    wordRule: { what: 'one of the rules in the list', example: 'its short name or its words' },
    something: { what: 'given at least one of its options', example: 'pictures:2' },
  },

  /** A limit or a rule on words as the list of an option shows it: plain text, no mentions. */
  suggested: {
    eachMember: 'Each member',
    server: 'This server in all',
    role: (name: string) => `Role ${name}`,
    roleGone: (id: string) => `Deleted role ${id}`,
    member: (name: string) => `Member ${name}`,
    channel: (name: string, allowed: boolean) => `${name}: ${allowed ? 'allowed' : 'denied'}`,
    channelGone: (id: string) => `Channel ${id}, deleted or hidden from me`,
    limit: (whom: string, credits: number, period: string) =>
      `${whom}: ${count(credits, 'credit')} per ${period}`,
    pattern: 'pattern',
    dryRun: 'dry run',
  },

  /** Said below a change that was made. */
  note: {
    shutOut:
      'Who has this role is shut out now, whatever other roles and granted credits they have. Only a limit of their own would let them in.',
    role: 'For each member who has the role; it is not shared. It takes the place of the limits for each member.',
    member: 'This member’s own limits decide alone now; those of roles and of each member do not.',
    eachMember: 'It holds for members without limits of their own or of their roles.',
    server: 'All members together, whatever their own limits allow.',
    channel: 'Whatever stands under it follows, unless it has a rule of its own.',
    everywhere: 'Categories, channels and threads with a rule of their own keep it.',
    nowhereSet: 'What has no rule of its own is allowed.',
    dryRun: 'It only counts its hits for now. `/easel word enforce` lets it refuse prompts.',
    words: '`/easel word test` shows what would hit.',
    logOn:
      'I post each generation there, private ones too (`private` says so to those who choose it), and each refusal, deletion, block and change. Whoever sees that channel sees all of it.',
    logOff: 'Nothing is posted any more; `/easel log show` still reads it.',
    moderators:
      'Who has it may use my buttons and **Easel: moderate**. Who sees the commands is decided in Discord: Server Settings → Integrations.',
  },

  words: {
    title: (n: number, dry: number) =>
      `### ${count(n, 'rule')} on words${dry > 0 ? `, ${dry} of them dry` : ''}`,
    none: 'No words are forbidden here. `/easel word add` forbids one; `/easel word import` takes a list.',
    pattern: 'pattern',
    dryRun: 'dry run',
    hits: (n: number) => (n === 0 ? 'no hits' : count(n, 'hit')),
    shown: (from: number, to: number, of: number) => `${from}–${to} of ${of}`,
    tested: (prompt: string) => `Tried: ${prompt}`,
    passes: 'No rule hits: this prompt passes.',
    passesDry: 'This prompt passes. Rules that run dry would count it:',
    refused: 'This prompt would be refused:',
    dryToo: 'Rules that run dry would count it too:',
    noRules: 'There are no rules on words yet, so every prompt passes.',
    hit: (rule: string, found: string) => `- ${rule} → hits ${found}`,
    nothingAdded: 'Nothing was added.',
    emptyList: 'Nothing was added. A list has a word or phrase on each line.',
    unread: (n: number) => `${count(n, 'line')} were not looked at: too many at once.`,
    modalTitle: 'Forbid a list of words',
    modalField: 'Words and phrases',
    modalHint: 'One on each line; /…/ is a pattern; lines that begin with # are passed over',
    skipped: (n: number) => `${count(n, 'line')} could not be used:`,
    skippedLine: (line: number, text: string, why: string) => `- line ${line}, ${text}. ${why}`,
    repeated: (n: number) =>
      `${count(n, 'line')} left out: ${n === 1 ? 'it was' : 'they were'} there already.`,
  },

  log: {
    title: (kind: string) => `### Log · ${kind}`,
    none: 'Nothing here yet.',
    noMore: 'There is nothing older.',
    choose: 'What to show',
    older: 'Older',
    newest: 'Newest',
  },

  back: 'Back',
  further: 'More',
  more: (n: number) => `and ${n.toLocaleString('en')} more`,
  show: easelShow,
} as const;
