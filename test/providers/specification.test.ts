import { describe } from 'vitest';
import { fieldCases } from './specification/fields.ts';
import { requestCases } from './specification/requests.ts';
import { resultCases } from './specification/results.ts';
import { claid } from './specification/subjects/claid.ts';
import { kidjig, kidjigWithData } from './specification/subjects/kidjig.ts';
import { stablecog } from './specification/subjects/stablecog.ts';

const subjects = [claid, stablecog, kidjig, kidjigWithData];

describe.each(subjects)('$title', (subject) => {
  describe('a request', () => requestCases(subject));
  describe('a good answer', () => resultCases(subject));
  describe('fields', () => fieldCases(subject));
});
