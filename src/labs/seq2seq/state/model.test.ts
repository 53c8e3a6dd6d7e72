/** What the lab says of the embedded model, by the model itself, in WASM. */

import { beforeAll, describe, expect, it } from 'vitest'
import { replace, setStatus } from '../../../sequence/edit.ts'
import { pad, setPaddingMask } from '../../../sequence/padding.ts'
import { headMap } from '../../../viz/matrix.ts'
import { createWasmBackend } from '../../../wasm/backend.ts'
import { alignmentScore, layerAlignment, sinkShares, truthRows } from './alignment.ts'
import { effectCorrelations, sourceEffects } from './causal.ts'
import { decoderRows, type Seq2SeqDoc, specialEntry, startEntry, targetOf, textOf } from './doc.ts'
import { freeSteps, parting } from './free_running.ts'
import { logitDifference, outputsOf, totalLogP } from './outputs.ts'
import { encoderStates, runSeq2Seq, runTarget, type Seq2SeqRun, written } from './run.ts'
import { DEFAULT_MASKS } from './stages.ts'
import { withStart } from './start.ts'
import { loadT5 } from './testing/t5.ts'

const LAYERS = { encoder: 0, decoder: 0, cross: 0 }
let t5: Awaited<ReturnType<typeof loadT5>>

beforeAll(async () => {
  t5 = await loadT5(await createWasmBackend())
})

const run = (doc: Seq2SeqDoc) => runSeq2Seq(t5.engine, t5.model, doc, LAYERS)
const runText = async (text: string) => run(await t5.docOf(text))

describe('the model writes', () => {
  it.each([
    ['date: Friday, the 3rd of May, 1998', '1998-05-03'],
    ['number: nine hundred thousand and seven', '900007'],
    ['words: 70019', 'seventy thousand and nineteen'],
    ['reverse: cat dog sun', 'sun dog cat'],
    ['fill: the <extra_id_0> sat on the <extra_id_1>.', '<extra_id_0> was<extra_id_1> on<extra_id_2>'],
  ])('%s as the card says', async (text, answer) => {
    const { target } = await runText(text)
    expect(textOf(target.tokens)).toBe(answer)
    expect(target.tokens.at(-1)?.kind).toBe('eos')
  })

  it('the same step by step, where masks are asked for, as with kept keys and values', async () => {
    const doc = await t5.docOf('words: 342')
    const quick = await written(t5.engine, t5.model, doc)
    // No PAD is there: without the rule for it, the mask says the same, and is no longer the default.
    const noPadding = { ...doc.masks, cross: { ...doc.masks.cross, rules: [] } }
    const slow = await written(t5.engine, t5.model, { ...doc, masks: noPadding })
    expect(slow.tokens.map(({ id }) => id)).toEqual(quick.tokens.map(({ id }) => id))
  })

  it('of an empty source, of only special tokens, and of one that was masked whole', async () => {
    const empty = await runText('')
    expect(empty.source.map(({ kind }) => kind)).toEqual(['eos'])
    expect(empty.rows.length).toBeGreaterThan(0)
    const sentinels = await runText('<extra_id_0> <extra_id_1>')
    expect(sentinels.source.map(({ kind }) => kind)).toEqual(['mask', 'mask', 'eos'])
    const doc = await t5.docOf('reverse: cat dog')
    const silent = await run({
      ...doc,
      source: setStatus(
        doc.source,
        doc.source.tokens.map(({ key }) => key),
        'masked',
      ),
    })
    expect(outputsOf(silent).every(({ logP }) => Number.isFinite(logP))).toBe(true)
  })
})

describe('rows of the decoder', () => {
  it('read all but the last token, write all but the first, and do not count a second start', () => {
    const own = startEntry(t5.model)
    const target = targetOf(t5.model, [0, 5, 6, 1])
    const labels = (rows: ReturnType<typeof decoderRows>) =>
      rows.map(({ reads, writes, counts }) => [reads.id, writes?.id, counts])
    expect(labels(decoderRows(target))).toEqual([
      [0, 5, true],
      [5, 6, true],
      [6, 1, true],
    ])
    expect(labels(decoderRows(withStart(target, 'none', own, own)))).toEqual([
      [5, 6, true],
      [6, 1, true],
    ])
    expect(labels(decoderRows(withStart(target, 'doubled', own, own)))).toEqual([
      [0, 0, false],
      [0, 5, true],
      [5, 6, true],
      [6, 1, true],
    ])
    expect(labels(decoderRows(targetOf(t5.model, [0])))).toEqual([[0, undefined, false]])
  })
})

describe('padding', () => {
  it('moves no logit under the mask, on either side, and some without it', async () => {
    const plain = await runText('date: 27 November 2026')
    for (const side of ['left', 'right'] as const) {
      const source = pad(plain.doc.source, plain.source.length + 6, side, specialEntry(t5.model, 'pad'))
      const masked = await runTarget(t5.engine, t5.model, { ...plain.doc, source }, plain.target)
      expect(logitDifference(plain, masked)).toBeLessThan(1e-4)
      const masks = {
        ...plain.doc.masks,
        encoder: setPaddingMask(plain.doc.masks.encoder, false),
        cross: setPaddingMask(plain.doc.masks.cross, false),
      }
      const open = await runTarget(t5.engine, t5.model, { ...plain.doc, source, masks }, plain.target)
      expect(logitDifference(plain, open)).toBeGreaterThan(0.1)
    }
  })
})

describe('states in the place of the encoder’s', () => {
  it('of the same sentence give the same logits, and of another its answer', async () => {
    const doc = await t5.docOf('date: 27 November 2026')
    const plain = await run(doc)
    const { source } = await t5.docOf('number: three hundred and forty two')
    const same = { ...doc, states: { type: 'other' as const, text: doc.text, source: doc.source } }
    expect(
      logitDifference(plain, await run({ ...same, target: { base: plain.target, sequence: plain.target } })),
    ).toBeLessThan(1e-4)
    const other = await run({ ...doc, states: { type: 'other', text: 'x', source } })
    expect(textOf(other.target.tokens)).toBe('342')
    expect(other.result.decoder?.crossAttentions[0]?.dims).toEqual([4, other.rows.length, source.tokens.length])
  })

  it('zeros and the mean leave a language model that knows nothing of the source', async () => {
    const doc = await t5.docOf('date: 27 November 2026')
    const plain = await run(doc)
    for (const type of ['zeros', 'mean'] as const) {
      const changed = { ...doc, states: { type } }
      const states = await encoderStates(t5.engine, t5.model, changed)
      const forced = await runTarget(t5.engine, t5.model, changed, plain.target, { states })
      expect(totalLogP(forced).sum).toBeLessThan(totalLogP(plain).sum - 5)
    }
  })
})

describe('what the engine is asked for beside masks', () => {
  it('silenced cross-attention heads change the answer, and all of a layer leave it without its reading', async () => {
    const plain = await runText('number: three hundred and forty two')
    const without = (crossAblate: [number, number][]) =>
      runTarget(t5.engine, t5.model, plain.doc, plain.target, { crossAblate })
    expect(logitDifference(plain, await without([[2, 3]]))).toBeGreaterThan(0.01)
    const all = [0, 1, 2, 3].flatMap((layer) => [0, 1, 2, 3].map((head): [number, number] => [layer, head]))
    expect(totalLogP(await without(all)).sum).toBeLessThan(totalLogP(plain).sum - 5)
    await expect(without([[4, 0]])).rejects.toMatchObject({ code: 'input' })
  })

  it('states of another width are refused', async () => {
    const plain = await runText('number: two')
    const states = { dims: [3, 64], data: new Float32Array(3 * 64) }
    await expect(runTarget(t5.engine, t5.model, plain.doc, plain.target, { states })).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('[3, 64]'),
    })
  })
})

describe('the future', () => {
  it('when it is open, changes what was certain, and causal again gives the same', async () => {
    const plain = await runText('reverse: cat dog sun')
    const given = { base: plain.target, sequence: plain.target }
    const open = await run({
      ...plain.doc,
      target: given,
      masks: { ...DEFAULT_MASKS, decoder: { rules: [], inverted: false, paint: [] } },
    })
    expect(logitDifference(plain, open)).toBeGreaterThan(0.1)
    expect(logitDifference(plain, await run({ ...plain.doc, target: given }))).toBeLessThan(1e-4)
  })
})

/** As the recipe makes them, with the seed of nothing: written down. */
const DATES = [
  'date: 27 November 2026',
  'date: Friday, the 3rd of May, 1998',
  'date: 5. März 1984',
  'date: le 14 juillet 1989',
  'date: 12/08/2003',
  'date: 1977-10-09',
  'date: Saturday 21 June 2014',
  'date: 2 de abril de 1956',
  'date: the thirtieth of January, 2040',
  'date: lunedì 16 settembre 1963',
  'date: Mar 7, 1999',
  'date: twenty-fourth of December 1931',
]
const NUMBERS = [
  'number: three hundred and forty two',
  'number: nine hundred thousand and seven',
  'number: seventeen thousand and nineteen',
  'number: forty-five',
  'number: six hundred eighty one thousand two hundred and thirty four',
  'number: eight thousand and twelve',
  'number: one hundred thousand five hundred',
  'number: ninety nine thousand nine hundred and ninety nine',
]

describe('alignment with what is known of the task', () => {
  const shares = async (texts: readonly string[], layer: number, head: number | 'mean') => {
    let [right, asked] = [0, 0]
    for (const text of texts) {
      const one = await runText(text)
      const map = one.result.decoder?.crossAttentions[layer]
      const truth = truthRows(one)
      expect(truth, text).not.toBeNull()
      if (!map || !truth) continue
      const score = alignmentScore(headMap(map.data, one.rows.length, head, one.read.length), truth)
      right += score.right
      asked += score.asked
    }
    return { share: right / asked, asked }
  }

  it('of dates: the card has 86.8 % for head 2 of layer 3 (from 0), and 97.8 % for the mean of layer 2', async () => {
    const best = await shares(DATES, 3, 2)
    expect(best.asked).toBeGreaterThan(80)
    expect(best.share).toBeGreaterThan(0.8)
    expect((await shares(DATES, 2, 'mean')).share).toBeGreaterThan(0.93)
    expect((await shares(DATES, 0, 'mean')).share).toBeLessThan(0.75)
  })

  it('of numbers: the card has 100 % for head 3 of layer 2 (from 0), and 72.2 % for the mean of layer 0', async () => {
    const best = await shares(NUMBERS, 2, 3)
    expect(best.asked).toBeGreaterThan(20)
    expect(best.share).toBe(1)
    expect((await shares(NUMBERS, 0, 'mean')).share).toBeLessThan(0.9)
  })

  it('is given for each head and for their mean, and shares on special tokens are of what is read', async () => {
    const one = await runText('reverse: cat dog sun')
    const map = one.result.decoder?.crossAttentions[3]
    const truth = truthRows(one)
    expect(map && truth && layerAlignment(map.data, truth, one.read.length)).toHaveLength(5)
    const { eos, pad: onPad } = sinkShares(
      headMap(map?.data as Float32Array, one.rows.length, 0, one.read.length),
      one.read,
    )
    expect(eos).toBeGreaterThan(0)
    expect(onPad).toBe(0)
  })
})

describe('the causal check', () => {
  it('finds the word that a digit is made of, and a head whose attention foretells it', async () => {
    const one = await runText('number: three hundred and forty two')
    const effects = await sourceEffects(t5.engine, t5.model, one, () => true)
    const T = one.read.length
    const row = one.rows.findIndex(({ writes }) => writes?.label === '4')
    const costs = [...effects.subarray(row * T, (row + 1) * T)]
    expect(one.read[costs.indexOf(Math.min(...costs))]?.label).toBe('▁forty')
    const map = one.result.decoder?.crossAttentions[2]
    const rho = map ? effectCorrelations(map, effects, one.rows) : []
    expect(rho).toHaveLength(4)
    expect(Math.max(...rho)).toBeGreaterThan(0.3)
  })

  it('stops when it is told to, with what is done so far', async () => {
    const one = await runText('number: two')
    const effects = await sourceEffects(t5.engine, t5.model, one, (done) => done < 1)
    const T = one.read.length
    expect(effects[0]).not.toBeNaN()
    expect(effects[1 % T]).toBeNaN()
  })
})

describe('free running', () => {
  it('parts from a given output at the token that was changed', async () => {
    const plain: Seq2SeqRun = await runText('date: 27 November 2026')
    const at = plain.target.tokens.findIndex(({ label }) => label === '7')
    const key = plain.target.tokens[at]?.key ?? -1
    const wrong = { kind: 'word' as const, id: t5.model.tokenizer.labels.indexOf('8'), label: '8' }
    const given = await runTarget(t5.engine, t5.model, plain.doc, replace(plain.target, [key], wrong))
    const steps = freeSteps(given, plain)
    expect(parting(steps)).toBe(at - 1)
    expect(steps[at - 1]?.free?.label).toBe('7')
    expect(parting(freeSteps(plain, plain))).toBeNull()
  })
})
