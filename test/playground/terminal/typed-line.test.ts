import { describe, expect, it } from 'vitest';
import { readTypedLine } from '../../../src/playground/terminal/typed-line.ts';

describe('a typed line', () => {
  it.each([
    ['/imagine a fox', { kind: 'command', name: 'imagine', rest: 'a fox', raw: false }],
    ['  /usage  ', { kind: 'command', name: 'usage', rest: '', raw: false }],
    ['raw /imagine a', { kind: 'command', name: 'imagine', rest: 'a', raw: true }],
    ['press 12', { kind: 'press', button: 12, raw: false }],
    ['press Make it private', { kind: 'press', button: 'Make it private', raw: false }],
    ['raw press 3', { kind: 'press', button: 3, raw: true }],
    ['menu "Easel: moderate" on 2', { kind: 'menu', name: 'Easel: moderate', on: 2, raw: false }],
    [
      'raw menu Easel: moderate',
      { kind: 'menu', name: 'Easel: moderate', on: undefined, raw: true },
    ],
    ['choose 1 on 2', { kind: 'choose', options: [1], on: 2, raw: false }],
    ['raw choose 1, 3 on 12', { kind: 'choose', options: [1, 3], on: 12, raw: true }],
    ['fill words=a b why=c', { kind: 'fill', text: 'words=a b why=c', raw: false }],
    ['raw fill', { kind: 'fill', text: '', raw: true }],
    [
      'suggest /easel word remove rule:ba',
      { kind: 'suggest', name: 'easel', rest: 'word remove rule:ba' },
    ],
    ['dm', { kind: 'dm' }],
    ['leave', { kind: 'leave' }],
    ['say hello  there', { kind: 'say', text: 'hello  there' }],
    ['remove 3', { kind: 'remove', on: 3 }],
    ['remove', { kind: 'remove', on: undefined }],
    ['roles bob Regulars Guests', { kind: 'roles', person: 'bob', roles: ['Regulars', 'Guests'] }],
    ['drop Guests', { kind: 'drop', role: 'Guests' }],
    [
      'allow /easel for @Helpers',
      { kind: 'access', command: 'easel', who: 'Helpers', allowed: true },
    ],
    [
      'deny "Easel: moderate" for dave',
      { kind: 'access', command: 'Easel: moderate', who: 'dave', allowed: false },
    ],
    ['adults #general', { kind: 'access', channel: 'general', adultsOnly: true }],
    ['everybody general', { kind: 'access', channel: 'general', adultsOnly: false }],
    ['as bob', { kind: 'as', person: 'bob' }],
    ['in #general', { kind: 'in', channel: 'general' }],
    ['in general', { kind: 'in', channel: 'general' }],
    ['clock +15m', { kind: 'clock', ms: 900_000 }],
    ['clock 2d', { kind: 'clock', ms: 172_800_000 }],
    ['fault Claid Down', { kind: 'fault', name: 'claid down' }],
    ['fault', { kind: 'fault', name: '' }],
    ['wait Next in line', { kind: 'wait', text: 'Next in line' }],
    ['exit', { kind: 'quit' }],
    ['?', { kind: 'help' }],
    ['', { kind: 'nothing' }],
    ['# a comment', { kind: 'nothing' }],
  ])('"%s" is understood', (line, typed) => {
    expect(readTypedLine(line)).toEqual(typed);
  });

  it.each([
    ['imagine a fox', '/imagine a fox'],
    ['fox', '/imagine a fox in the snow'],
    ['/', '/usage'],
    ['press', 'press 1'],
    ['raw hello', 'raw /imagine'],
    ['menu', 'menu "Easel: moderate" on 1'],
    ['choose 1', 'choose 2 on 3'],
    ['choose one on 3', 'choose 2 on 3'],
    ['suggest word', 'suggest /easel'],
    ['say', 'say hello'],
    ['remove it', 'remove 1'],
    ['roles', 'roles bob'],
    ['drop', 'drop Guests'],
    ['allow /easel', 'allow /easel for Helpers'],
    ['deny easel for bob', 'deny /easel for Helpers'],
    ['adults', 'adults #general'],
    ['dm bob', 'help'],
    ['as', 'as bob'],
    ['in', 'in #general'],
    ['wait', 'wait Painting'],
    ['clock -5m', 'clock +15m'],
    ['clock +0s', 'clock +15m'],
    ['clock +9999d', '30 days'],
    ['look there', 'help'],
    ['x'.repeat(500), '…'],
  ])('"%s" is answered with a hint', (line, hint) => {
    const typed = readTypedLine(line);
    expect(typed.kind).toBe('puzzle');
    expect(typed).toHaveProperty('hint', expect.stringContaining(hint));
  });
});
