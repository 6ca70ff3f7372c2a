/**
 * The setting `KIDJIG_MODELS` for the stand-in: three models that between them take every option that
 * a member may set, by the names that fal's documents give them.
 */
export const kidjigModelsShown = JSON.stringify({
  'flux-pro-v1.1-ultra': {
    title: 'FLUX 1.1 Pro Ultra',
    options: {
      images: { name: 'num_images', max: 4 },
      aspect: {
        name: 'aspect_ratio',
        values: ['1:1', '3:2', '2:3', '16:9', '9:16', '21:9'],
      },
      seed: { name: 'seed', min: 0, max: 2_147_483_647 },
      image: { name: 'image_url' },
      strength: { name: 'image_prompt_strength', min: 0, max: 1, default: 0.1 },
      safety_tolerance: { value: '2' },
      output_format: { value: 'png' },
    },
  },
  'flux-dev': {
    title: 'FLUX.1 dev',
    options: {
      images: { name: 'num_images', max: 4 },
      aspect: {
        name: 'image_size',
        values: { '1:1': 'square_hd', '16:9': 'landscape_16_9', '9:16': 'portrait_16_9' },
      },
      seed: { name: 'seed', min: 0, max: 2_147_483_647 },
      guidance: { name: 'guidance_scale', min: 1, max: 20, default: 3.5 },
      steps: { name: 'num_inference_steps', min: 1, max: 50 },
    },
  },
  'ideogram-v2': {
    title: 'Ideogram V2',
    options: {
      aspect: { name: 'aspect_ratio', values: ['1:1', '4:3', '3:4', '16:9', '9:16'] },
      style: { name: 'style', values: ['auto', 'general', 'realistic', 'design', 'anime'] },
      negative: { name: 'negative_prompt', maxLength: 1024 },
      seed: { name: 'seed', min: 0, max: 2_147_483_647 },
    },
  },
});
