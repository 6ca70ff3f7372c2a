import { InteractionResponseType, MessageFlags, Routes } from 'discord.js';
import type { RawFile, REST } from 'discord.js';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Body } from '../messages/body.ts';
import type { ModalBody } from '../messages/modal-body.ts';
import { deadline, sleep } from '../schedule.ts';
import type { Choice } from './choice.ts';
import { discordMessage } from './discord-message.ts';
import type { DiscordMessage } from './discord-message.ts';
import { modalData } from './modal-data.ts';
import { multipart } from './multipart.ts';
import { problemOf } from './problem.ts';

/** Discord gives 3 s; what has not been accepted by then is lost anyway. */
const acknowledgeWithinMs = 2_500;
/** Quick answers come without any progress in between; slow ones show it at most this often. */
const firstProgressAfterMs = 1_500;
const progressEveryMs = 2_000;
/** The original is sometimes not there yet right after the acknowledgement (10015). */
const originalMissingTries = 3;
const originalMissingWaitMs = 500;

/** Whose answer it is: the two facts that its routes need. The token is a secret. */
export interface AnswerAddress {
  readonly applicationId: string;
  readonly interactionId: string;
  readonly token: string;
}

/**
 * The one writer of an interaction's answer. Progress is coalesced; the final word waits for a
 * progress edit under way and closes the answer, so that nothing overwrites it.
 */
export class Answer {
  readonly #rest: REST;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #address: AnswerAddress;
  #closed = false;
  #finished = false;
  #removed = false;
  #pending: Body | undefined;
  #shown = '';
  #cancelTimer: (() => void) | undefined;
  #sending: Promise<void> = Promise.resolve();

  constructor(tools: { rest: REST; clock: Clock; log: Log }, address: AnswerAddress) {
    this.#rest = tools.rest;
    this.#clock = tools.clock;
    this.#log = tools.log;
    this.#address = address;
  }

  /**
   * Tells Discord that the answer will come. Returns whether it was this call that Discord took: another
   * process may have been first, or an earlier try whose answer was lost.
   *
   * @throws when Discord does not take it in time
   */
  async acknowledge(how: 'public' | 'private' | 'update'): Promise<boolean> {
    return this.#callback(
      how === 'update'
        ? { type: InteractionResponseType.DeferredMessageUpdate }
        : {
            type: InteractionResponseType.DeferredChannelMessageWithSource,
            ...(how === 'private' ? { data: { flags: MessageFlags.Ephemeral } } : {}),
          },
    );
  }

  /** Opens a modal, in place of an acknowledgement; nothing can follow. Returns and throws as {@link acknowledge}. */
  async showModal(modal: ModalBody): Promise<boolean> {
    this.#closed = true;
    return this.#callback({ type: InteractionResponseType.Modal, data: modalData(modal) });
  }

  /** Answers typing, at most 25 choices; nothing can follow. Returns and throws as {@link acknowledge}. */
  async offerChoices(choices: readonly Choice[]): Promise<boolean> {
    this.#closed = true;
    return this.#callback({
      type: InteractionResponseType.ApplicationCommandAutocompleteResult,
      data: { choices },
    });
  }

  /** Answers at once, for the member alone, in place of an acknowledgement. */
  async replyPrivately(body: Body): Promise<void> {
    this.#closed = true;
    await this.#callback({
      type: InteractionResponseType.ChannelMessageWithSource,
      data: { ...body, flags: body.flags | MessageFlags.Ephemeral },
    });
  }

  /**
   * Whether its final word stands. Before that a follow-up may count as the placeholder's edit, and be
   * seen by all.
   */
  get finished(): boolean {
    return this.#finished;
  }

  /** Whether its message was taken away. */
  get removed(): boolean {
    return this.#removed;
  }

  /** Shows how far it is. Fire and forget; dropped when it changes nothing or the answer is closed. */
  progress(body: Body): void {
    if (this.#closed) return;
    this.#pending = body;
    if (this.#cancelTimer) return;
    const afterMs = this.#shown === '' ? firstProgressAfterMs : progressEveryMs;
    this.#cancelTimer = this.#clock.setTimer(() => {
      this.#cancelTimer = undefined;
      this.#sending = this.#sending.then(() => this.#showPending());
    }, afterMs);
  }

  /** The final word. After it nothing changes the answer. Returns the message's id. */
  async finish(body: Body, files: RawFile[] = []): Promise<string> {
    await this.#close();
    const { id } = await this.#edit(body, files);
    this.#finished = true;
    return id;
  }

  /** A further message, for the member alone. */
  async followUpPrivately(body: Body): Promise<void> {
    await this.#rest.post(Routes.webhook(this.#address.applicationId, this.#address.token), {
      body: { ...body, flags: body.flags | MessageFlags.Ephemeral },
      auth: false,
    });
  }

  /** The answer as Discord has it. */
  async original(): Promise<DiscordMessage> {
    return discordMessage.parse(await this.#rest.get(this.#originalRoute(), { auth: false }));
  }

  /** Removes the message. For a button: the one with the button, once its update is acknowledged. */
  async remove(): Promise<void> {
    await this.#close();
    await this.#rest.delete(this.#originalRoute(), { auth: false });
    this.#removed = true;
  }

  async #close(): Promise<void> {
    this.#closed = true;
    this.#pending = undefined;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    await this.#sending;
  }

  async #showPending(): Promise<void> {
    const body = this.#pending;
    const text = JSON.stringify(body);
    if (!body || text === this.#shown || this.#closed) return;
    this.#pending = undefined;
    this.#shown = text;
    try {
      await this.#edit(body, []);
    } catch (error) {
      this.#log.debug({ err: error }, 'a progress edit failed');
    }
  }

  async #callback(body: unknown): Promise<boolean> {
    const limit = deadline(
      this.#clock,
      acknowledgeWithinMs,
      () => new Error('Discord did not take the acknowledgement in time'),
    );
    try {
      await this.#rest.post(
        Routes.interactionCallback(this.#address.interactionId, this.#address.token),
        { body, auth: false, signal: limit.signal },
      );
      return true;
    } catch (error) {
      if (problemOf(error) !== 'already-acknowledged') throw error;
      return false;
    } finally {
      limit.clear();
    }
  }

  async #edit(body: Body, files: RawFile[]): Promise<DiscordMessage> {
    for (let tries = 1; ; tries += 1) {
      try {
        return discordMessage.parse(
          await this.#rest.patch(this.#originalRoute(), {
            ...(files.length === 0 ? { body } : multipart(body, files)),
            auth: false,
          }),
        );
      } catch (error) {
        if (problemOf(error) !== 'original-gone' || tries === originalMissingTries) throw error;
        await sleep(this.#clock, originalMissingWaitMs);
      }
    }
  }

  #originalRoute(): `/webhooks/${string}` {
    return Routes.webhookMessage(this.#address.applicationId, this.#address.token);
  }
}
