/** What members read of many an error. */
export const sentences = {
  uncertain:
    'The image service did not answer as it should. It may still have been made but cannot be fetched; your credits are back.',
  account:
    'The image service does not accept the bot’s account. Whoever runs me has been told. Your 4 credits are back.',
  noCredits:
    'The bot’s account at the image service has no credits left. Whoever runs me has been told. Your 4 credits are back.',
  busy: 'The image service is busy and did not take the request. Please try again in a few minutes. Your 4 credits are back.',
  unreachable:
    'The image service cannot do this at the moment. Nothing was made; please try again in a few minutes. Your 4 credits are back.',
  refused: 'The image service refused the content. Try other words. Your 4 credits are back.',
  /** All is well. */
  spent: '-# 4 credits spent · 36 of 40 left for you in 24 h…',
  lostOne:
    '1 picture could not be fetched from the provider and cannot be had any more. It charged for it.',
  fewer: (came: number) =>
    `The provider made ${came} of the 4 pictures that were asked for; only those are charged to you.`,
  notAccepted: (detail: string) =>
    `The image service does not accept this request: ${detail} Your 4 credits are back.`,
} as const;
