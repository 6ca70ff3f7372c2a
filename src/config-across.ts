import { unsafeForKey } from './config-values.ts';
import { configuringSettings, providerNames, type ProviderName } from './provider-names.ts';

/** What was given, by the settings' names; blank counts as absent. */
type Given = Readonly<Record<string, string>>;

/** Whether what configures a provider was given, right or wrong. */
function isConfigured(name: ProviderName, given: Given): boolean {
  return configuringSettings[name].some((setting) => given[setting] !== undefined);
}

/** What is wrong with settings only as they stand together: the name of the one to mend, and what is wrong. */
export function mistakesAcross(given: Given): ReadonlyMap<string, string> {
  return new Map([...providerMistakes(given), ...outputMistakes(given), ...openaiMistakes(given)]);
}

function* providerMistakes(given: Given): Generator<[string, string]> {
  if (!providerNames.some((name) => isConfigured(name, given)))
    yield [
      'CLAID_API_KEY',
      'is missing, and so are STABLECOG_API_KEY, KIDJIG_API_KEY and OPENAI_API_KEY (or OPENAI_API_URL, ' +
        'for a server without a key): set at least one of them',
    ];
  const wanted = providerNames.find((name) => name === given['DEFAULT_PROVIDER']);
  if (wanted !== undefined && !isConfigured(wanted, given))
    yield [
      'DEFAULT_PROVIDER',
      `names ${wanted}, which is not configured: ${notSet(configuringSettings[wanted])} set`,
    ];
}

function* outputMistakes(given: Given): Generator<[string, string]> {
  const keys = ['CLAID_OUTPUT_ACCESS_KEY', 'CLAID_OUTPUT_SECRET_KEY'] as const;
  const [keyGiven] = keys.filter((name) => given[name] !== undefined);
  const [keyMissing] = keys.filter((name) => given[name] === undefined);
  if (keyGiven !== undefined && keyMissing !== undefined)
    yield [keyMissing, `is missing: ${keyGiven} does nothing without it`];
  const { CLAID_OUTPUT: folder, CLAID_OUTPUT_URL: url } = given;
  const useless = url === undefined ? keyGiven : 'CLAID_OUTPUT_URL';
  if (folder === undefined && useless !== undefined)
    yield ['CLAID_OUTPUT', `is missing: ${useless} does nothing without it`];
  if (
    folder !== undefined &&
    url === undefined &&
    (keyGiven === undefined || keyMissing === undefined)
  )
    yield [
      'CLAID_OUTPUT_URL',
      'is missing: with CLAID_OUTPUT set, Claid returns no temporary address, so the bot must know ' +
        'where the objects of your bucket can be fetched (for one that is not public, its endpoint ' +
        'with its name)',
    ];
}

const notSet = (names: readonly string[]): string =>
  names.length === 1 ? `${names.join('')} is not` : `neither ${names.join(' nor ')} is`;

const openaiHost = 'api.openai.com';

/** A server at home speaks http, but a key must not go through a network in the open. */
function* openaiMistakes(given: Given): Generator<[string, string]> {
  const { OPENAI_API_URL: url, OPENAI_API_KEY: key, OPENAI_SERVER: server } = given;
  const told = url !== undefined && URL.canParse(url) ? url : undefined;
  if (server === undefined && told !== undefined && new URL(told).hostname !== openaiHost)
    yield [
      'OPENAI_SERVER',
      'is missing: OPENAI_API_URL is not at OpenAI, so say what answers there: localai, sd-cpp, ' +
        'vllm-omni, or openai for one that takes just what OpenAI takes',
    ];
  if (key === undefined) return;
  if (url === undefined && server !== undefined && server !== 'openai')
    yield ['OPENAI_API_URL', 'is missing: OPENAI_SERVER names one of your own'];
  const unsafe = told === undefined ? undefined : unsafeForKey(told);
  if (unsafe !== undefined) yield ['OPENAI_API_URL', unsafe];
}
