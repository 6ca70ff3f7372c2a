import { LabelBuilder, ModalBuilder, TextInputBuilder, TextInputStyle } from 'discord.js';
import type { ApplicationCommandDataResolvable } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startBot, startPlayground } from './bot.ts';

const style: ApplicationCommandDataResolvable = { name: 'style', description: 'Edits a style' };

const input = (id: string): TextInputBuilder =>
  new TextInputBuilder().setCustomId(id).setStyle(TextInputStyle.Short);

/** As many inputs as a modal takes: short and long, required or not, bounded, and filled in beforehand. */
const five: readonly TextInputBuilder[] = [
  input('name').setMinLength(2).setMaxLength(10),
  input('about').setStyle(TextInputStyle.Paragraph).setValue('a\nb').setRequired(false),
  input('before').setRequired(false).setMinLength(3),
  input('after').setValue('in ink').setMaxLength(6).setRequired(false),
  input('without').setStyle(TextInputStyle.Paragraph).setRequired(false),
];

const modalWith = (inputs: readonly TextInputBuilder[]): ModalBuilder =>
  new ModalBuilder()
    .setCustomId('style:save:1')
    .setTitle('A style')
    .addLabelComponents(
      inputs.map((each, index) =>
        new LabelBuilder().setLabel(`Field ${index}`).setTextInputComponent(each),
      ),
    );

/** A bot that opens a modal with these inputs, and says what came back. */
async function studio(inputs: readonly TextInputBuilder[]) {
  const { discord } = await startPlayground();
  await startBot(
    discord,
    async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(modalWith(inputs));
      if (!interaction.isModalSubmit()) return;
      const { fields } = interaction.fields;
      await interaction.reply(
        JSON.stringify(
          fields.map((field) => [field.customId, 'value' in field ? field.value : null]),
        ),
      );
    },
    [style],
  );
  return { discord, alice: discord.as('alice') };
}

describe('a modal with several inputs', () => {
  it('comes back with all of them, those left alone as they were filled in beforehand', async () => {
    const { discord, alice } = await studio(five);
    const opened = alice.command('style');
    expect(await opened.acknowledged).toMatchObject({ kind: 'modal' });
    expect(opened.modal?.components).toHaveLength(5);
    const sent = alice.submit(opened, { name: 'Ink', without: 'colour\nlight' });
    const answer = await sent.waitFor((view) => view.answer);
    expect(JSON.parse(answer.text)).toEqual([
      ['name', 'Ink'],
      ['about', 'a\nb'],
      ['before', ''],
      ['after', 'in ink'],
      ['without', 'colour\nlight'],
    ]);
    // It can be opened and sent again, and emptied where it is not required.
    const again = alice.submit(opened, { name: 'Oil', about: '', after: '' });
    const second = await again.waitFor((view) => view.answer);
    expect(second.text).toContain('["about",""]');
    expect(discord.violations).toEqual([]);
  });

  it('is not sent with what an input does not take, unless by a hacked client', async () => {
    const { alice } = await studio(five);
    const opened = alice.command('style');
    await opened.acknowledged;
    const submit = (values: Record<string, string>) => () => alice.submit(opened, values);
    expect(submit({})).toThrow(/name: is required/);
    expect(submit({ name: 'I' })).toThrow(/name: must have at least 2/);
    expect(submit({ name: 'x'.repeat(11) })).toThrow(/name: must have at most 10/);
    expect(submit({ name: 'a\nb' })).toThrow(/name: has one line only/);
    expect(submit({ name: 'Ink', before: 'ab' })).toThrow(/before: must have at least 3/);
    expect(submit({ name: 'Ink', without: 'x'.repeat(4001) })).toThrow(/at most 4000/);
    expect(submit({ name: 'Ink', more: 'x' })).toThrow(/no field more/);
    const raw = alice.submit(opened, { name: '' }, { raw: true });
    expect((await raw.waitFor((view) => view.answer)).text).toContain('["name",""]');
  });

  it.each([
    ['six inputs', [...five, input('more')]],
    ['two of one name', [input('name'), input('name')]],
    ['more in it than it takes', [input('name').setMaxLength(2).setValue('Ink')]],
  ])('is refused with %s', async (_, inputs) => {
    const { discord, alice } = await studio(inputs);
    const opened = alice.command('style');
    await discord.events.until(() => discord.requests.some(({ code }) => code === 50035));
    expect(opened.modal).toBeUndefined();
    expect(discord.violations).toHaveLength(1);
  });
});
