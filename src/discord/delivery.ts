import { Routes } from 'discord.js';
import type { RawFile, REST } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Delivery, Posting, Result } from '../domain/delivery.ts';
import type { Destination } from '../domain/destination.ts';
import type { Failure } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import type { FileLimits, Picture } from '../domain/pictures.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Log } from '../log.ts';
import { textBody } from '../messages/body.ts';
import type { Body } from '../messages/body.ts';
import { comparisonBody } from '../messages/comparison-body.ts';
import type { ComparedView, ComparisonView } from '../messages/comparison-body.ts';
import { generationButtons } from '../messages/custom-id.ts';
import { fileName } from '../messages/file-name.ts';
import { progressBody } from '../messages/progress-body.ts';
import { refusalBody } from '../messages/refusal-body.ts';
import { resultBody } from '../messages/result-body.ts';
import { textsFor } from '../messages/texts.ts';
import type { Texts } from '../messages/texts.ts';
import type { Answer } from './answer.ts';
import type { Answers } from './answers.ts';
import { discordMessage } from './discord-message.ts';
import { multipart } from './multipart.ts';
import { problemOf } from './problem.ts';
import { tellRefusal } from './tell-refusal.ts';

/** After 14 of its 15 minutes a token is not trusted with an upload any more. */
const tokenMarginMs = 60_000;
/** Discord takes 25 MiB in one request; text and multipart borders need a little. */
const requestBytes = 25 * 1024 * 1024 - 256 * 1024;
/** Below this there is no use in making files still smaller. */
const smallestFileBytes = 64 * 1024;

export interface DeliveryTools {
  readonly rest: REST;
  readonly answers: Answers;
  readonly clock: Clock;
  readonly log: Log;
  /** The name for people of the model that made it. */
  titleOf(generation: Generation): string;
}

/** How a post is tried: each problem changes one thing, so that it ends. */
interface Attempt {
  readonly limits: FileLimits;
  readonly withoutPrompt: boolean;
  readonly way: 'original' | 'channel';
}

/** Answers in Discord, by the interaction's token while it lives, else by a message in the channel. */
export function createDelivery(tools: DeliveryTools): Delivery {
  const { rest, answers, clock, log } = tools;
  const answerAt = ({ token, ...address }: Destination): Answer | undefined =>
    token === null ? undefined : answers.at({ ...address, token });
  const tokenLives = ({ token, tokenEndsAt }: Destination): boolean =>
    token !== null && clock.now() < tokenEndsAt - tokenMarginMs;

  async function send(
    destination: Destination,
    generationId: string,
    way: Attempt['way'],
    message: Body,
    files: RawFile[] = [],
  ): Promise<string> {
    const answer = answerAt(destination);
    if (way === 'original' && answer) return answer.finish(message, files);
    return sendToChannel(rest, destination.channelId, generationId, message, files);
  }

  async function tryPost(
    destination: Destination,
    results: readonly [Result, ...Result[]],
    attempt: Attempt,
  ): Promise<Posting | Attempt> {
    const [{ generation: first, remaining }] = results;
    const files: RawFile[] = [];
    const compared: ComparedView[] = [];
    let smaller = false;
    for (const result of results) {
      const { generation } = result;
      const pictures = await result.files(shareOf(attempt.limits, results.length));
      const named = pictures.map((picture, index) => {
        const prompt = attempt.withoutPrompt ? '' : generation.request.prompt;
        return fileOf(picture, fileName(prompt, files.length + index, picture.type));
      });
      files.push(...named);
      smaller ||= pictures.some(({ shrunk }) => shrunk);
      const fileNames = named.map(({ name }) => name);
      compared.push({ generation, title: tools.titleOf(generation), fileNames });
    }
    const message = answerBody(textsFor(destination.locale), compared, {
      remaining,
      smaller,
      withoutPrompt: attempt.withoutPrompt,
      late: attempt.way === 'channel',
    });
    try {
      const messageId = await send(destination, first.id, attempt.way, message, files);
      answers.forget(destination.interactionId);
      return { kind: 'posted', messageId };
    } catch (error) {
      log.warn({ err: error, generation: first.id, way: attempt.way }, 'a post failed');
      return afterProblem(destination, attempt, error);
    }
  }

  return {
    progress(destination, generationId, progress) {
      if (!tokenLives(destination)) return;
      const message = progressBody(textsFor(destination.locale), generationId, progress);
      answerAt(destination)?.progress(message);
    },

    async post(destination, results) {
      let next: Posting | Attempt = firstAttempt(destination) ?? {
        kind: 'waiting',
        why: 'its token has ended',
      };
      while (!('kind' in next)) next = await tryPost(destination, results, next);
      const isMade = results.some(({ generation }) => generation.state === 'made');
      if (next.kind === 'waiting' && isMade) await tellItWaits(destination);
      return next;
    },

    async find(destination, generationId) {
      if (!tokenLives(destination)) return undefined;
      try {
        const message = await answerAt(destination)?.original();
        // Only a finished answer carries this button.
        const button = generationButtons.delete(generationId);
        return message && JSON.stringify(message.components).includes(`"${button}"`)
          ? message.id
          : undefined;
      } catch (error) {
        if (problemOf(error) === 'broken') throw error;
        return undefined;
      }
    },

    async refuse(destination, refusal, draftId) {
      const texts = textsFor(destination.locale);
      const answer = answerAt(destination);
      answers.forget(destination.interactionId);
      if (!answer) return;
      const draft = draftId === undefined ? undefined : { ...destination, id: draftId };
      const body = (told: Refusal): Body => refusalBody(texts, told, draft);
      if (destination.private) {
        await tellRefusal(refusal, (told) => answer.finish(body(told)));
        return;
      }
      // A follow-up right after a public defer would count as the placeholder's edit and be public,
      // so the placeholder gets a word first; then it goes, whether or not the member could be told.
      await answer.finish(textBody(texts.refusedAfterwards));
      try {
        await tellRefusal(refusal, (told) => answer.followUpPrivately(body(told)));
      } finally {
        await answer.remove();
      }
    },

    async fail(destination, generation, failure) {
      let next: Posting | Attempt | undefined = firstAttempt(destination);
      while (next && !('kind' in next))
        next = await tryTell(destination, generation, failure, next);
      answers.forget(destination.interactionId);
      return next?.kind !== 'later';
    },
  };

  /** The placeholder must not say for ever that it works. */
  async function tellItWaits(destination: Destination): Promise<void> {
    if (!tokenLives(destination)) return;
    const { kept } = textsFor(destination.locale).waiting;
    try {
      await answerAt(destination)?.finish(textBody(kept));
    } catch (error) {
      log.warn({ err: error }, 'it could not be told that pictures wait');
    }
  }

  /** `undefined` where there is no way to the member any more. */
  function firstAttempt(destination: Destination): Attempt | undefined {
    const lives = tokenLives(destination);
    if (!lives && destination.private) return undefined;
    const fileBytes = Math.min(destination.maxFileBytes, requestBytes);
    return {
      limits: { fileBytes, totalBytes: requestBytes },
      withoutPrompt: false,
      way: lives ? 'original' : 'channel',
    };
  }

  /** What the provider says of the input may repeat it, so it goes where AutoMod blocks the text. */
  async function tryTell(
    destination: Destination,
    generation: Generation,
    { detail, ...failure }: Failure,
    attempt: Attempt,
  ): Promise<Posting | Attempt> {
    const texts = textsFor(destination.locale);
    const state = generation.state === 'unknown' ? 'unknown' : 'returned';
    const shown = detail === undefined || attempt.withoutPrompt ? failure : { ...failure, detail };
    const told = texts.failure(shown, state, generation.credits);
    const late = texts.result.lateFor(destination.memberId);
    const message = textBody(attempt.way === 'channel' ? `${late}\n${told}` : told);
    try {
      const messageId = await send(destination, generation.id, attempt.way, message);
      return { kind: 'posted', messageId };
    } catch (error) {
      log.warn({ err: error, generation: generation.id }, 'a failure could not be told');
      return afterProblem(destination, attempt, error);
    }
  }
}

/** Of the room for all files each result has the same share. */
function shareOf({ fileBytes, totalBytes }: FileLimits, results: number): FileLimits {
  return { fileBytes, totalBytes: Math.floor(totalBytes / results) };
}

/** One result on its own, or several as a comparison. */
function answerBody(
  texts: Texts,
  compared: readonly ComparedView[],
  view: Omit<ComparisonView, 'compared'>,
): Body {
  const [first, ...others] = compared;
  if (!first) throw new Error('there is nothing to post');
  return others.length === 0
    ? resultBody(texts, { ...view, ...first })
    : comparisonBody(texts, { ...view, compared: [first, ...others] });
}

/** What to try after a problem, or how the post ends. */
function afterProblem(
  destination: Destination,
  attempt: Attempt,
  error: unknown,
): Posting | Attempt {
  const problem = problemOf(error);
  switch (problem) {
    case 'too-large': {
      const fileBytes = Math.floor(attempt.limits.fileBytes / 2);
      if (fileBytes < smallestFileBytes) return { kind: 'waiting', why: problem };
      const totalBytes = Math.floor(attempt.limits.totalBytes / 2);
      return { ...attempt, limits: { fileBytes, totalBytes } };
    }
    case 'text-blocked':
      if (attempt.withoutPrompt) return { kind: 'waiting', why: problem };
      return { ...attempt, withoutPrompt: true };
    case 'broken':
      return { kind: 'later', why: problem };
    case 'original-gone':
    case 'token-ended':
    case 'unknown-interaction':
    case 'already-acknowledged':
    case 'no-access':
    case 'rejected':
      if (attempt.way === 'channel' || destination.private)
        return { kind: 'waiting', why: problem };
      return { ...attempt, way: 'channel' };
  }
}

function fileOf(picture: Picture, name: string): RawFile {
  return {
    name,
    data: Buffer.from(picture.bytes.buffer, picture.bytes.byteOffset, picture.bytes.byteLength),
    contentType: `image/${picture.type}`,
  };
}

/** The enforced nonce makes a repeat within a few minutes return the first message. */
async function sendToChannel(
  rest: REST,
  channelId: string,
  generationId: string,
  message: Body,
  files: RawFile[],
): Promise<string> {
  const body = { ...message, nonce: generationId, enforce_nonce: true };
  const sent = await rest.post(
    Routes.channelMessages(channelId),
    files.length === 0 ? { body } : multipart(body, files),
  );
  return discordMessage.parse(sent).id;
}
