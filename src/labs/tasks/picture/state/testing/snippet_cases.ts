/**
 * Runs of the shipped models with the snippets that "copy as Python" gives for them, for the test of the snippets
 * (training/golden/test_snippets.py). Node only: scripts/snippet_cases.mjs calls it.
 */

import { softmax } from '../../../../../core/logits.ts'
import { insert, remove, setStatus } from '../../../../../sequence/edit.ts'
import { pictureSnippet } from '../python.ts'
import { classTokens } from '../reads.ts'
import { type PictureDoc, runPicture } from '../run.ts'
import { photoOf, tasksEngine } from './tasks_engine.ts'

const CHOICE = { layer: 3, head: 1 }

/** What a snippet has to find. */
export interface TasksSnippetCase {
  name: string
  code: string
  /** [T][T] of the chosen head. */
  attention: number[][]
  /** The probability of each answer, by task. */
  classes: Record<string, number[]>
}

export async function tasksSnippetCases(): Promise<TasksSnippetCase[]> {
  const made: TasksSnippetCase[] = []
  for (const id of ['clsroom-vit-tasks', 'clsroom-vit-tasks-single']) {
    const { engine, model, doc: plain } = await tasksEngine(id)
    for (const [name, change] of Object.entries(changes(plain))) {
      const doc = { ...plain, ...change }
      const capture = { rowAnswers: false }
      const run = await runPicture(engine, { model, doc, photo: photoOf(5, null, 70, 50), layer: 3 }, capture)
      const T = run.tokens.length
      const map = run.result.attentions[CHOICE.layer]
      const cell = (query: number, key: number) => map?.data[(CHOICE.head * T + query) * T + key] ?? 0
      made.push({
        name: `${id}: ${name}`,
        code: pictureSnippet(run, CHOICE),
        attention: Array.from({ length: T }, (_, query) => Array.from({ length: T }, (__, key) => cell(query, key))),
        classes: Object.fromEntries(
          Object.entries(run.result.logits).map(([head, { data }]) => [head, Array.from(softmax(data))]),
        ),
      })
    }
  }
  return made
}

/** Everything that a document can change. */
function changes({ base }: PictureDoc): Record<string, Partial<PictureDoc>> {
  const tokens = classTokens(base)
  const [first] = tokens
  const patches = base.tokens.filter(({ kind }) => kind === 'patch').map(({ key }) => key)
  const masked = setStatus(base, [...patches.slice(0, 9), first?.key ?? 0], 'masked')
  return {
    'nothing edited': {},
    'turned, painted, heads off': {
      quarters: 3,
      rim: { colour: 'green', strength: 0.6 },
      ablated: [
        [1, 0],
        [2, 2],
        [2, 3],
      ],
    },
    'patches and a class token masked': { sequence: masked },
    'the last class token removed': { sequence: remove(base, [tokens.at(-1)?.key ?? 0]) },
    'the first once more, at the end': {
      sequence: insert(base, base.tokens.length, { kind: 'cls', id: 0, label: first?.label ?? '' }),
    },
    'class tokens apart': { reads: { among: 'own', patchesBlind: true } },
  }
}
