import { afterAll, describe, expect, it } from 'vitest'
import { insert, remove, setHidden } from '../../sequence/edit.ts'
import { DEFAULT_MASK } from '../../sequence/mask.ts'
import { fromImage } from '../../sequence/patches.ts'
import { speak } from '../../words/words.ts'
import { editName } from '../shared/edit_name.ts'
import { visionEdit } from './edit_name.ts'
import type { VisionRun } from './state/run.ts'

type Run = Pick<VisionRun, 'doc' | 'photo'>

const picture = () => ({ width: 1, height: 1, data: new Uint8ClampedArray(4) })
const sequence = fromImage({ rows: 2, columns: 2 }, 1)
const stroke = { tool: 'brush', colour: '#ff0000', size: 0.1, points: [[0, 0]] } as const
const run: Run = {
  photo: { name: 'bird.jpg', source: 'sample', picture: picture() },
  doc: {
    model: 'a-vit',
    sequence,
    base: sequence,
    mask: DEFAULT_MASK,
    ablated: [],
    positionTable: { type: 'trained', interpolation: 'bicubic' },
    side: null,
    crop: { x: 0.5, y: 0.5, size: 1 },
    strokes: [],
  },
}
const painted: Run = { ...run, doc: { ...run.doc, strokes: [stroke] } }
const patches = sequence.tokens.filter(({ kind }) => kind === 'patch')
const register = sequence.tokens.find(({ kind }) => kind === 'register')

const EDITS: [en: string, ru: string, change: Partial<Run['doc']>][] = [
  ['another resolution', 'другое разрешение', { side: 48 }],
  ['another frame', 'другая рамка', { crop: { x: 0.4, y: 0.5, size: 0.5 } }],
  ['painted on the photo', 'рисунок поверх фото', { strokes: [stroke] }],
  ['other position embeddings', 'другие эмбеддинги позиций', { positionTable: { type: 'sine' } }],
  [
    '4 tokens hidden',
    'скрыто: 4 токена',
    {
      sequence: setHidden(
        sequence,
        patches.map(({ key }) => key),
        true,
      ),
    },
  ],
  [
    `${register?.label} removed`,
    `удалено: ${register?.label}`,
    { sequence: remove(sequence, [register?.key as number]) },
  ],
  [
    '[REG] inserted',
    'вставлено: [REG]',
    { sequence: insert(sequence, 1, { kind: 'register', id: null, label: '[REG]', start: { type: 'zeros' } }) },
  ],
  ['head 1 of layer 2 off', 'выключено: голова 1 слоя 2', { ablated: [[1, 0]] }],
]

describe('the name of a vision edit', () => {
  afterAll(() => speak('en'))

  it.each(EDITS)('%s', async (en, ru, change) => {
    const name = () => editName(run, { ...run, doc: { ...run.doc, ...change } }, visionEdit)
    await speak('en')
    expect(name()).toBe(en)
    await speak('ru')
    expect(name()).toBe(ru)
  })

  it('of another photo, a stroke taken back, another model', async () => {
    await speak('en')
    const other: Run = { ...run, photo: { name: 'cat.jpg', source: 'own', picture: picture() } }
    expect(editName(run, other, visionEdit)).toBe('photo cat.jpg')
    expect(editName(painted, run, visionEdit)).toBe('a stroke taken back')
    expect(editName(null, run, visionEdit)).toBe('a-vit opened')
  })

  it('calls the frames of a camera one photo', () => {
    const frame = (): Run => ({ ...run, photo: { name: 'camera', source: 'camera', picture: picture() } })
    expect(editName(frame(), frame(), visionEdit)).toBe('nothing else changed')
  })
})
