// Reads the settings, starts the bot and stops it on a signal. main.ts is what node is given.

import { config as loadEnvironment } from 'dotenv';
import { systemClock } from './clock.ts';
import { ConfigError, readConfig } from './config.ts';
import type { Config } from './config.ts';
import { secretsOf } from './config-secrets.ts';
import { createLog } from './log.ts';
import { StartError } from './start-error.ts';
import { start } from './start.ts';

loadEnvironment({ quiet: true });

function settingsOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    exitWith(error);
  }
}

/** What the operator can mend is said in a sentence; only our own bugs show a stack. */
function exitWith(error: unknown): never {
  const known = error instanceof ConfigError || error instanceof StartError;
  const text = known ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

const config = settingsOrExit();
const log = createLog({
  level: config.LOG_LEVEL,
  secrets: secretsOf(config),
});
process.on('uncaughtException', (error) => {
  log.fatal(
    { err: error },
    'the process met an unexpected error and leaves; the next start goes on',
  );
  log.flush();
  process.exit(1);
});

const starting = start(config, systemClock, log).catch(exitWith);

let signals = 0;
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    signals += 1;
    if (signals > 1) {
      log.warn({ signal }, 'a second signal: leaving at once');
      process.exit(1);
    }
    log.info({ signal }, 'a signal to stop');
    // One that comes while it starts waits for that: recovery may be in the middle of a paid request.
    void starting.then((bot) => bot.stop()).then(() => process.exit(0));
  });
const bot = await starting;
// The gateway closed the connection for good: a service manager starts the bot anew, or shows that it cannot.
void bot.lost.then(async () => {
  await bot.stop();
  process.exit(1);
});
