/** The colours of a dark chat window. */
export const colours = {
  background: '#313338',
  forOneAlone: '#37394a',
  name: '#f2f3f5',
  text: '#dbdee1',
  faint: '#949ba4',
  command: '#38b1ff',
  line: '#5a5d66',
  tag: '#5865f2',
  mention: '#c9cdfb',
  mentionBack: '#42467a',
  codeBack: '#232428',
  button: '#4a4d55',
  dangerButton: '#d13a40',
} as const;
