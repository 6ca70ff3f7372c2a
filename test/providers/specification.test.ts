import { describe } from 'vitest';
import { cancelCases } from './specification/cancelling.ts';
import { cutCases } from './specification/cuts.ts';
import { downloadCases } from './specification/downloads.ts';
import { fieldCases } from './specification/fields.ts';
import { goingOnCases } from './specification/going-on.ts';
import { reachingCases } from './specification/reaching.ts';
import { requestCases } from './specification/requests.ts';
import { resultCases } from './specification/results.ts';
import { statusCases } from './specification/statuses.ts';
import type { Subject } from './specification/subject.ts';
import { claid } from './specification/subjects/claid.ts';
import { kidjig, kidjigWithData } from './specification/subjects/kidjig.ts';
import { localai, openai, sdCpp, vllmOmni } from './specification/subjects/openai.ts';
import { stablecog } from './specification/subjects/stablecog.ts';
import { unreadableCases } from './specification/unreadable.ts';
import { waitingCases } from './specification/waiting.ts';

// One specification for every provider. The cases know none of them by name: what they are told is in
// `specification/subjects/`, and what they ask is the provider's own stand-in.

/** What goes out, and what comes of a good answer. */
function formOf(subject: Subject): void {
  describe('a request', () => requestCases(subject));
  describe('a good answer', () => resultCases(subject));
  describe('a field', () => fieldCases(subject));
}

describe.each([claid, stablecog, kidjig, openai])('$title', (subject) => {
  formOf(subject);
  describe('a picture', () => downloadCases(subject));
  describe('an answer that is cut', () => cutCases(subject));
  describe('an answer', () => unreadableCases(subject));
  describe('an error', () => statusCases(subject));
  describe('what is cancelled', () => cancelCases(subject));
  describe('an answer that does not come', () => waitingCases(subject));
  describe('what a process that died had begun goes on', () => goingOnCases(subject));
  describe('an API is asked:', () => reachingCases(subject));
});

// The same adapters where their answers look otherwise.
describe.each([sdCpp, vllmOmni])('$title', formOf);
describe.each([kidjigWithData, localai])('$title', (subject) => {
  formOf(subject);
  describe('a picture', () => downloadCases(subject));
});
