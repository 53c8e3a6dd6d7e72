/**
 * Runs of the embedded encoder–decoder with the snippets that "copy as Python" gives for them, for the test of the snippets
 * (training/golden/test_snippets.py). Node only: scripts/snippet_cases.mjs calls it.
 */

import { createCpuBackend } from '../../../../reference/backend.ts'
import * as edit from '../../../../sequence/edit.ts'
import { pad } from '../../../../sequence/padding.ts'
import { type Seq2SeqDoc, specialEntry, startEntry } from '../doc.ts'
import { crossMatrix } from '../lit.ts'
import { outputsOf } from '../outputs.ts'
import { snippetOf } from '../python.ts'
import { runSeq2Seq } from '../run.ts'
import { withStart } from '../start.ts'
import { loadT5 } from './t5.ts'

const LAYER = 2
const HEAD = 3

/** What a snippet has to find. */
interface SnippetCase {
  name: string
  code: string
  /** [rows][read] of the chosen cross-attention head. */
  attention: number[][]
  /** By row ln p of what is to be written; null: not in the loss. */
  logP: (number | null)[]
  /** What the model wrote by itself, start and end included; absent: the output was given. */
  written?: number[]
}

export async function seq2seqSnippetCases(
  folder: string,
  id: string,
  source: 'embedded' | 'hub',
): Promise<SnippetCase[]> {
  const t5 = await loadT5(createCpuBackend(), folder, id)
  const model = { ...t5.model, source, address: undefined }
  const plain = await t5.docOf('date: Friday, the 3rd of May, 1998')
  const first = await runSeq2Seq(t5.engine, t5.model, plain, { encoder: 0, decoder: 0, cross: 0 })
  const own = startEntry(t5.model)
  const given = (sequence: typeof first.target): Seq2SeqDoc => ({ ...plain, target: { base: sequence, sequence } })
  const [, second, third] = plain.source.tokens.map(({ key }) => key) as [number, number, number]
  const documents: Record<string, Seq2SeqDoc> = {
    plain,
    sentinels: await t5.docOf('fill: the <extra_id_0> sat on the <extra_id_1>.'),
    masked: { ...given(first.target), source: edit.setStatus(plain.source, [second, third], 'masked') },
    padded: { ...given(first.target), source: pad(plain.source, 24, 'left', specialEntry(t5.model, 'pad')) },
    'doubled-start': given(withStart(first.target, 'doubled', own, own)),
    'no-start': given(withStart(first.target, 'none', own, own)),
    'rules-and-paint': {
      ...given(first.target),
      masks: {
        encoder: { rules: [{ type: 'padding' }, { type: 'window', radius: 3 }], inverted: false, paint: [] },
        decoder: { rules: [], inverted: false, paint: [{ layer: 'all', query: 0, key: 3, readable: false }] },
        cross: {
          rules: [{ type: 'padding' }],
          inverted: false,
          paint: [{ layer: 'all', query: 2, key: second, readable: false }],
        },
      },
    },
    zeros: { ...given(first.target), states: { type: 'zeros' } },
    mean: { ...given(first.target), states: { type: 'mean' } },
    other: { ...plain, states: { type: 'other', text: 'number: two', source: (await t5.docOf('number: two')).source } },
    untrained: {
      ...given(edit.insert(first.target, 1, specialEntry(t5.model, 'register'))),
      source: edit.insert(plain.source, 2, specialEntry(t5.model, 'cls')),
    },
  }
  const cases: SnippetCase[] = []
  for (const [name, doc] of Object.entries(documents)) {
    const run = await runSeq2Seq(t5.engine, t5.model, doc, { encoder: 0, decoder: 0, cross: LAYER })
    const matrix = crossMatrix(run, { layer: LAYER, head: HEAD }) ?? new Float32Array()
    const T = run.read.length
    const code = snippetOf(run, model, { layer: LAYER, head: HEAD })
    cases.push({
      name: `${id}: ${name}`,
      code,
      attention: run.rows.map((_, row) => [...matrix.subarray(row * T, (row + 1) * T)]),
      logP: outputsOf(run).map(({ logP }, row) => (run.rows[row]?.counts && !Number.isNaN(logP) ? logP : null)),
      ...(code.includes('generate(') && { written: run.target.tokens.map((token) => token.id as number) }),
    })
  }
  return cases
}
