/** What OpenAI's models have in common, by their names. */
export interface Family {
  readonly mostPrompt: number;
  readonly mostImages: number;
  /** Besides those that every model takes. */
  readonly fields: readonly string[];
  readonly sizes: readonly string[];
  readonly qualities: readonly string[];
  /** Any size whose sides are in steps of 16 and whose ratio is within 1:3 and 3:1. */
  readonly anySize: boolean;
  readonly kind: 'gpt-image' | 'dall-e-3' | 'dall-e-2' | 'other';
}

const ofGptImage = [
  'output_format',
  'output_compression',
  'background',
  'moderation',
  'stream',
  'partial_images',
];

const gptImage: Family = {
  kind: 'gpt-image',
  mostPrompt: 32_000,
  mostImages: 10,
  fields: ofGptImage,
  sizes: ['auto', '1024x1024', '1536x1024', '1024x1536'],
  qualities: ['auto', 'low', 'medium', 'high'],
  anySize: false,
};

const dallE3: Family = {
  kind: 'dall-e-3',
  mostPrompt: 4000,
  mostImages: 1,
  fields: ['response_format', 'style'],
  sizes: ['1024x1024', '1792x1024', '1024x1792'],
  qualities: ['auto', 'standard', 'hd'],
  anySize: false,
};

const dallE2: Family = {
  kind: 'dall-e-2',
  mostPrompt: 1000,
  mostImages: 10,
  fields: ['response_format'],
  sizes: ['1024x1024', '512x512', '256x256'],
  qualities: ['auto', 'standard'],
  anySize: false,
};

/** A reseller's model, which takes whatever the contract has. */
const other: Family = {
  kind: 'other',
  mostPrompt: 32_000,
  mostImages: 10,
  fields: [...ofGptImage, 'response_format', 'style'],
  sizes: ['auto', '1024x1024'],
  qualities: ['auto', 'low', 'medium', 'high', 'standard', 'hd'],
  anySize: true,
};

/** Source: `CreateImageRequest` of OpenAI's OpenAPI document. */
export function familyOf(model: string): Family {
  if (model.startsWith('gpt-image-2')) return { ...gptImage, anySize: true };
  if (/^(chat)?gpt-image/.test(model)) return gptImage;
  if (model === 'dall-e-3') return dallE3;
  return model === 'dall-e-2' ? dallE2 : other;
}

/** What asking for shows that a GPT image model is meant, where none is named. */
export function isOfGptImage(field: string): boolean {
  return ofGptImage.includes(field);
}
