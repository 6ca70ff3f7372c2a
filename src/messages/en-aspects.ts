import type { Aspect } from '../domain/aspect.ts';

/** The ratios as people know them, in English. */
export const aspectNames: Readonly<Record<Aspect, string>> = {
  '1:1': '1:1 · square',
  '5:4': '5:4 · nearly square, wide',
  '4:5': '4:5 · nearly square, tall',
  '4:3': '4:3 · wide',
  '3:4': '3:4 · tall',
  '3:2': '3:2 · photograph, wide',
  '2:3': '2:3 · photograph, tall',
  '16:10': '16:10 · screen, wide',
  '10:16': '10:16 · screen, tall',
  '16:9': '16:9 · film, wide',
  '9:16': '9:16 · phone, tall',
  '12:5': '12:5 · cinema',
  '21:9': '21:9 · cinema, very wide',
  '9:21': '9:21 · very tall',
  '3:1': '3:1 · banner',
  '1:3': '1:3 · banner, tall',
};
