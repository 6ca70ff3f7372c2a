import { wordTable } from './word-table.ts';

export type SubjectName =
  | 'fox'
  | 'cat'
  | 'dog'
  | 'rabbit'
  | 'bear'
  | 'owl'
  | 'bird'
  | 'penguin'
  | 'fish'
  | 'whale'
  | 'butterfly'
  | 'house'
  | 'castle'
  | 'lighthouse'
  | 'boat'
  | 'tree'
  | 'mountain'
  | 'flower'
  | 'mushroom'
  | 'robot'
  | 'person'
  | 'rocket'
  | 'balloon'
  | 'car'
  | 'cup'
  | 'lattice'
  | 'planet';

/** Which words call for which figure; the first one in the prompt decides. */
export const subjectWords = wordTable<SubjectName>({
  fox: 'fox vixen',
  dog: 'wolf dog puppy corgi hound retriever',
  cat: 'cat kitten tiger lynx panther',
  rabbit: 'rabbit bunny hare',
  bear: 'bear panda teddy koala',
  owl: 'owl',
  bird: 'bird sparrow robin parrot crow raven eagle hummingbird',
  penguin: 'penguin',
  fish: 'fish goldfish koi shark',
  whale: 'whale dolphin orca',
  butterfly: 'butterfly moth',
  house: 'house cabin cottage hut home barn temple',
  castle: 'castle fortress palace tower',
  lighthouse: 'lighthouse',
  boat: 'boat ship sailboat yacht galleon',
  tree: 'tree oak bonsai willow',
  mountain: 'mountain volcano everest',
  flower: 'flower rose tulip sunflower daisy lotus bouquet',
  mushroom: 'mushroom toadstool',
  robot: 'robot android cyborg droid',
  person:
    'person man woman girl boy child knight wizard princess king queen samurai painter portrait astronaut dancer elf witch',
  rocket: 'rocket spaceship spacecraft shuttle',
  balloon: 'balloon zeppelin',
  car: 'car taxi van truck bus beetle',
  cup: 'coffee tea cup mug latte espresso',
  lattice: 'molecule atom network crystal dna chemistry neuron',
  planet: 'planet saturn world globe',
});
