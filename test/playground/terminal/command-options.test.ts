import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import type { APIApplicationCommand, APIApplicationCommandOption } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { readCommandOptions as read } from '../../../src/playground/terminal/command-options.ts';

/** The options alone. */
const readCommandOptions = (typed: string, of: APIApplicationCommand) => read(typed, of).options;

const command = (options: APIApplicationCommandOption[]): APIApplicationCommand => ({
  id: '1',
  application_id: '2',
  version: '3',
  type: 1,
  name: 'imagine',
  description: 'x',
  default_member_permissions: null,
  options,
});
const imagine = command([
  { type: Type.String, name: 'prompt', description: 'x', required: true },
  { type: Type.Integer, name: 'images', description: 'x' },
  { type: Type.Number, name: 'guidance', description: 'x' },
  { type: Type.Boolean, name: 'private', description: 'x' },
]);

describe('the options behind a command', () => {
  it('text alone is the first option', () => {
    expect(readCommandOptions('a fox in the snow', imagine)).toEqual({
      prompt: 'a fox in the snow',
    });
  });

  it('options are read as the client writes them, in any order, each in its type', () => {
    expect(readCommandOptions('images:2 prompt:a fox  guidance:7.5 private:True', imagine)).toEqual(
      { prompt: 'a fox', images: 2, guidance: 7.5, private: true },
    );
  });

  it('text before named options is the first option', () => {
    expect(readCommandOptions('a fox images:2', imagine)).toEqual({ prompt: 'a fox', images: 2 });
  });

  it('a colon after a word that is no option belongs to the text', () => {
    expect(readCommandOptions('a sign: "size:big" https://x.example', imagine)).toEqual({
      prompt: 'a sign: "size:big" https://x.example',
    });
  });

  it('a value that does not fit its type stays text, for others to refuse', () => {
    expect(readCommandOptions('prompt:5 images:two guidance: private:maybe', imagine)).toEqual({
      prompt: '5',
      images: 'two',
      guidance: '',
      private: 'maybe',
    });
  });

  it('a file is named by its path, after an equals sign or a colon', () => {
    const withFile = command([
      { type: Type.String, name: 'prompt', description: 'x', required: true },
      { type: Type.Attachment, name: 'image', description: 'x' },
      { type: Type.Boolean, name: 'spoiler', description: 'x' },
    ]);
    expect(readCommandOptions('a fox image=out/my fox.png spoiler:true', withFile)).toEqual({
      prompt: 'a fox',
      image: { path: 'out/my fox.png' },
      spoiler: true,
    });
    expect(readCommandOptions('prompt:a=b spoiler=yes image:"a b.png"', withFile)).toEqual({
      prompt: 'a=b spoiler=yes',
      image: { path: 'a b.png' },
    });
  });

  it('options whose names begin alike are told apart, and values have colons of their own', () => {
    const compare = command(
      ['prompt', 'model-1', 'model-2', 'aspect'].map((name) => ({
        type: Type.String,
        name,
        description: 'x',
      })),
    );
    expect(
      readCommandOptions('a sign model: x model-2:b/c-1.1 aspect:16:9 model-1:A b', compare),
    ).toEqual({
      prompt: 'a sign model: x',
      'model-1': 'A b',
      'model-2': 'b/c-1.1',
      aspect: '16:9',
    });
  });

  it('nothing given is no option', () => {
    expect(readCommandOptions('', imagine)).toEqual({});
  });

  it('text behind a command without options goes under a name that the client refuses', () => {
    expect(readCommandOptions('please', command([]))).toEqual({ please: 'please' });
  });

  it('groups and subcommands come first, and have options of their own', () => {
    const rules = command([
      {
        type: Type.SubcommandGroup,
        name: 'limit',
        description: 'x',
        options: [
          {
            type: Type.Subcommand,
            name: 'set',
            description: 'x',
            options: [
              { type: Type.Integer, name: 'credits', description: 'x' },
              { type: Type.String, name: 'back-to', description: 'x' },
            ],
          },
        ],
      },
      { type: Type.Subcommand, name: 'show', description: 'x' },
    ]);
    expect(read('limit set 40 back-to:usual', rules)).toEqual({
      path: 'imagine limit set',
      options: { credits: 40, 'back-to': 'usual' },
      last: 'back-to',
    });
    expect(read('limit  set credits:40', rules).last).toBe('credits');
    expect(read('show', rules)).toEqual({ path: 'imagine show', options: {}, last: undefined });
    expect(read('limit get credits:4', rules).path).toBe('imagine limit get');
    expect(read('', rules).path).toBe('imagine');
  });
});
