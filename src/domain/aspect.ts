/** The ratios of width to height that members can ask for by name. */
export const aspects = [
  '1:1',
  '5:4',
  '4:5',
  '4:3',
  '3:4',
  '3:2',
  '2:3',
  '16:10',
  '10:16',
  '16:9',
  '9:16',
  '12:5',
  '21:9',
  '9:21',
  '3:1',
  '1:3',
] as const;

export type Aspect = (typeof aspects)[number];
