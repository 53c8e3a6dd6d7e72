/** Who made the samples that are no photos, and under which terms: as public/samples/README.md has it. Photos are in samples.json. */
export const SAMPLE_TERMS: readonly { file: string; author: string; licence: string }[] = [
  { file: 'scenes/scene-01 … scene-05, drawings.png', author: 'Noto Emoji (Google)', licence: 'Apache-2.0' },
  { file: 'scenes/scene-06 … scene-10', author: 'Twemoji (Twitter)', licence: 'CC-BY-4.0' },
  { file: 'scenes/scene-01 … scene-10', author: 'Aitzol Berasategi', licence: 'CC-BY-4.0' },
  { file: 'texts/grimm.txt', author: 'Frances Jenkins Olcott (1922)', licence: 'public domain' },
  { file: 'texts/genesis-en-es.txt', author: 'King James; Reina-Valera 1909', licence: 'public domain' },
  { file: 'memory/fashion.png', author: 'Fashion-MNIST (Xiao et al. 2017)', licence: 'MIT' },
  { file: 'memory/digits.png', author: 'MNIST (LeCun, Cortes, Burges)', licence: 'CC BY-SA 3.0' },
  { file: 'prices/*.csv', author: 'skfolio 1.12', licence: 'BSD-3-Clause' },
  { file: 'recall.json', author: 'CLSroom', licence: 'MIT' },
]
