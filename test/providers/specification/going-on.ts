import { expect } from 'vitest';
import { findCases } from './finding.ts';
import { resumeCases } from './resuming.ts';
import { onRig } from './rig.ts';
import type { Subject } from './subject.ts';

/** What a process that died had begun: gone on with as far as the API lets it. */
export function goingOnCases(subject: Subject): void {
  onRig(subject)('as far as it is offered', ({ rig }) => {
    expect(rig.provider.resume !== undefined).toBe(subject.goesOn === 'resume');
    expect(rig.provider.find !== undefined).toBe(subject.goesOn === 'find');
  });
  if (subject.goesOn === 'resume') resumeCases(subject);
  if (subject.goesOn === 'find') findCases(subject);
}
