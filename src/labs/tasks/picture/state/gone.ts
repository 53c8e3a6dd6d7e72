/** What the other tasks owe to a class token: the same run with that one hidden, masked or removed. */

import { remove, setHidden, setStatus } from '../../../../sequence/edit.ts'
import type { Sequence, Token } from '../../../../sequence/token.ts'
import type { Engine } from '../../../../state/engine.ts'
import type { Step } from '../../../../state/job.ts'
import { bestOf } from '../../../../state/readouts.ts'
import { answersOf } from './readings.ts'
import { classTokens } from './reads.ts'
import { type PictureRun, runPicture } from './run.ts'

export const WAYS = ['hidden', 'masked', 'removed'] as const
export type Way = (typeof WAYS)[number]

export interface Gone {
  token: Token
  way: Way
  /** By head the probability of its best answer now, before and after; null where nobody answers any more. */
  answers: { head: string; label: string; before: number; after: number | null }[]
}

const ANSWERS = { attentions: false, hiddenStates: false, rowAnswers: false } as const

export async function goneEach(engine: Pick<Engine, 'forward'>, run: PictureRun, step: Step<Gone[]>): Promise<Gone[]> {
  const gone: Gone[] = []
  const now = answersOf(run)
  const tokens = classTokens(run.doc.sequence)
  for (const [i, token] of tokens.entries()) {
    for (const [w, way] of WAYS.entries()) {
      if (!step(i * WAYS.length + w, tokens.length * WAYS.length, [...gone])) return gone
      const doc = { ...run.doc, sequence: without(run.doc.sequence, token, way) }
      const left = doc.sequence.tokens.some(({ status }) => status !== 'removed')
      const after = left ? answersOf(await runPicture(engine, { ...run, doc, layer: 0 }, ANSWERS)) : []
      gone.push({
        token,
        way,
        answers: now.map((answer) => {
          const best = bestOf(answer)
          const later = after.find(({ id }) => id === answer.id)
          return {
            head: answer.id,
            label: answer.names[best] ?? '',
            before: answer.scores[best] as number,
            after: later ? (later.scores[best] as number) : null,
          }
        }),
      })
    }
  }
  return gone
}

function without(sequence: Sequence, { key }: Token, way: Way): Sequence {
  switch (way) {
    case 'hidden':
      return setHidden(sequence, [key], true)
    case 'masked':
      return setStatus(sequence, [key], 'masked')
    case 'removed':
      return remove(sequence, [key])
  }
}
